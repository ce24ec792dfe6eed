"""ETags, packing, and what is remembered."""

from __future__ import annotations

import gzip
import json
from http import HTTPStatus

from api import answers, sources
from api.answers import AnswerMemory, ApiAnswer


def made(body: bytes = b"x" * 2000) -> ApiAnswer:
    return ApiAnswer(body, answers.JSON, "zh")


def test_a_client_that_takes_gzip_gets_it_with_an_etag_of_its_own() -> None:
    status, headers, body = made().reply(packing=True, if_none_match=b"")
    plain = dict(made().reply(packing=False, if_none_match=b"")[1])
    told = dict(headers)
    assert status == HTTPStatus.OK
    assert gzip.decompress(body) == b"x" * 2000
    assert told[b"content-encoding"] == b"gzip"
    assert told[b"content-length"] == str(len(body)).encode()
    assert told[b"etag"] != plain[b"etag"]


def test_little_is_not_packed() -> None:
    _, headers, body = made(b"{}").reply(packing=True, if_none_match=b"")
    assert body == b"{}"
    assert b"content-encoding" not in dict(headers)


def test_what_the_client_holds_is_not_sent_again() -> None:
    etag = dict(made().reply(packing=False, if_none_match=b"")[1])[b"etag"]
    for held in (etag, b'"other", ' + etag, b"W/" + etag, b"*"):
        status, headers, body = made().reply(packing=False, if_none_match=held)
        assert (status, body) == (HTTPStatus.NOT_MODIFIED, b"")
        assert dict(headers)[b"etag"] == etag
        assert b"vary" in dict(headers)
    assert made(b"y" * 2000).reply(packing=False, if_none_match=etag)[0] == HTTPStatus.OK
    assert made().reply(packing=True, if_none_match=etag)[0] == HTTPStatus.OK


def test_a_problem_is_one_by_rfc_7807_and_an_ogc_exception() -> None:
    found = answers.problem(HTTPStatus.NOT_FOUND, "没有", lang="zh")
    told = json.loads(found.body)
    assert found.media_type == "application/problem+json"
    assert (told["title"], told["status"], told["detail"]) == ("Not Found", 404, "没有")
    assert (told["code"], told["description"]) == ("NotFound", "没有")


def test_a_problem_is_never_unmodified() -> None:
    found = answers.problem(HTTPStatus.BAD_REQUEST, "no", lang="en")
    status, headers, _ = found.reply(packing=False, if_none_match=b"*")
    assert status == HTTPStatus.BAD_REQUEST
    assert b"etag" not in dict(headers)


def test_the_oldest_answers_are_forgotten() -> None:
    kept = AnswerMemory(most=30_000)
    for key in range(10):
        kept.put(key, made())
        kept.get(0)
    assert kept.get(0) is not None
    assert kept.get(9) is not None
    assert kept.get(1) is None


def test_keys_count_as_well_as_bodies() -> None:
    kept = AnswerMemory(most=200_000)
    texts = [f"{number}" + "x" * 20_000 for number in range(100)]
    for text in texts:
        kept.put(("items", text), made(b"{}"))
    assert sum(kept.get(("items", text)) is not None for text in texts) < 10


def test_answers_are_counted() -> None:
    kept = AnswerMemory(count=3)
    for number in range(10):
        kept.put(number, made(b"{}"))
    assert [number for number in range(10) if kept.get(number) is not None] == [7, 8, 9]


def test_the_heaviest_answer_is_remembered_beside_others() -> None:
    features = sources.collection("districts").features.texts
    heavy = made(b",".join(features))
    kept = AnswerMemory()
    for lang in ("zh", "en"):
        kept.put(("districts", lang), heavy)
    kept.put("light", made(b"{}"))
    assert [kept.get(key) is not None for key in (("districts", "zh"), "light")] == [True, True]


def test_what_would_push_out_all_else_is_not_remembered() -> None:
    kept = AnswerMemory(most=1000)
    kept.put("large", made())
    assert kept.get("large") is None
