"""What a role is: specialty, level, duty, qualification, credential, pay range. Pure."""
