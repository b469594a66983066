"""Files as answers: named, with their own policy, and not sent again where they are known."""

from flask import make_response, request
from werkzeug.wrappers import Response

from jobdesc.services.documents import Download
from jobdesc.web.security_headers import as_download


def send_download(download: Download) -> Response:
    """`download` as an attachment with a strong ETag; 304 where the browser has it."""
    response = make_response(download.body)
    response.headers["Content-Type"] = download.media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{download.name}"'
    response.set_etag(download.key)
    return as_download(response).make_conditional(request)
