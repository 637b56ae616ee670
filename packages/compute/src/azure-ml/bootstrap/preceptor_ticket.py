"""Fetches this process's secrets for the ticket among its variables. Standard library only.

Whoever may read the job's description may read the ticket. It opens nothing any more once the process of each rank has used
it, and a second use is refused and told.
"""

import json
import os
import secrets
import ssl
import time
import urllib.error
import urllib.request

PATIENCE = 600.0
LONGEST_PAUSE = 20.0


class NoSecrets(Exception):
    """`why`: used, refused or unreachable."""

    def __init__(self, why, said):
        super().__init__(said)
        self.why = why


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A ticket goes to the address it was given with, and to no other."""

    def redirect_request(self, *_):
        return None


def opener():
    authority = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE")
    context = ssl.create_default_context(cafile=authority or None)
    return urllib.request.build_opener(NoRedirect, urllib.request.HTTPSHandler(context=context))


def exchange(rank):
    """The secrets as variables; none where the job brought no ticket. Takes the ticket out of this process's environment."""
    ticket, url = os.environ.pop("PRECEPTOR_TICKET", None), os.environ.pop("PRECEPTOR_TICKET_URL", None)
    if ticket is None or url is None:
        return {}
    # Kept by this process alone: with it, a lost answer may be asked for again.
    asked = {"ticket": ticket, "rank": rank, "nonce": secrets.token_urlsafe(24)}
    request = urllib.request.Request(
        url, json.dumps(asked).encode(), {"content-type": "application/json"}, method="POST"
    )
    ask, until, pause = opener(), time.monotonic() + PATIENCE, 1.0
    while True:
        try:
            with ask.open(request, timeout=30) as answer:
                found = json.load(answer)["secrets"]
                return {str(name): str(value) for name, value in found.items()}
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                raise NoSecrets("used" if error.code == 409 else "refused", f"it answered {error.code}") from None
            why = f"it answered {error.code}"
        except (OSError, ValueError, KeyError, AttributeError) as error:
            why = type(error).__name__
        if time.monotonic() + pause > until:
            raise NoSecrets("unreachable", why) from None
        time.sleep(pause)
        pause = min(LONGEST_PAUSE, 2 * pause)
