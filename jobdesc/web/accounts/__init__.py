"""Set-up, sign-in and sign-out."""
