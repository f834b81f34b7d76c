"""A person at the gate's pages."""

from django.urls import reverse

from fairgate.gate.models import Clause

OK, SENT_ON, REFUSED, MISSING, STALE, INVALID = 200, 302, 403, 404, 409, 422
NOT_A_RECORD = "Not a GMP record"
SLIP = {
    "asked": "To change the sieve in line 2.",
    "reasons": "The new sieve has not been shown to hold back what the old one does.",
    "way_to_yes": "A sieve test on three lots.",
    "by_when": "2099-01-01",
    "ask_whom": "Rita, Quality",
    "second_look": "Ask for one on the page of this request.",
}


def page(client, name, *arguments, **query):
    answer = client.get(reverse(f"gate:{name}", args=arguments), query)
    assert answer.status_code == OK, answer.content.decode()
    return answer.content.decode()


def post(client, name, *arguments, **data):
    return client.post(reverse(f"gate:{name}", args=arguments), data)


def refusal(**other):
    return {**SLIP, "clause": Clause.objects.first().pk, "outcome": "refused", **other}


def key_of(answer):
    return answer.context["form"]["key"].value()
