import hashlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from threads import models
from threads.errors import ModelError

CHECKPOINT = b"arrays of an invented checkpoint" * 100_000
PREFIX = hashlib.sha256(CHECKPOINT).hexdigest()[:8]
NAME = f"toxic_original-{PREFIX}.ckpt"


class Release(BaseHTTPRequestHandler):
    """Serves the checkpoint and its base model; a path with `short` breaks off."""

    def do_GET(self):
        body = {"ckpt": CHECKPOINT, "json": b"{}"}.get(self.path.rpartition(".")[2])
        if body is None or "absent" in self.path:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: 1000 if "short" in self.path else None])

    def log_message(self, *_args):
        pass


@pytest.fixture
def release(monkeypatch, tmp_path):
    """A loopback server in place of the release page and the hub; an empty cache."""
    server = HTTPServer(("127.0.0.1", 0), Release)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    monkeypatch.setattr(models, "HUB", address)
    monkeypatch.setitem(models.CHECKPOINTS, "original", address + NAME)
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


def test_fetch_puts_the_checkpoint_and_its_base_where_torch_keeps_them(release, tmp_path):
    assert models.find_checkpoint("original") is None
    told = []
    path = models.fetch("original", lambda done, total: told.append((done, total)))
    assert path == tmp_path / "hub" / "checkpoints" / NAME == models.find_checkpoint("original")
    assert path.read_bytes() == CHECKPOINT
    assert sorted(p.name for p in (path.parent / "bert-base-uncased").iterdir()) == sorted(models.BASE_FILES)
    assert (len(CHECKPOINT), len(CHECKPOINT)) in told and told[0][0] < len(CHECKPOINT)


def test_what_is_there_is_not_fetched_again(release):
    path = models.fetch("original")
    path.write_bytes(b"kept")
    assert models.fetch("original").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("other-00000000.ckpt", "damaged"),
        (f"short/{NAME}", "could not be fetched"),
        (f"absent/{NAME}", "could not be fetched.*404"),
    ],
)
def test_a_bad_download_leaves_nothing(release, monkeypatch, address, says):
    monkeypatch.setitem(models.CHECKPOINTS, "original", release + address)
    with pytest.raises(ModelError, match=says):
        models.fetch("original")
    assert list(models.checkpoint_folder().iterdir()) == []


def test_a_server_that_is_not_there_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    monkeypatch.setitem(models.CHECKPOINTS, "original", f"http://127.0.0.1:1/{NAME}")
    with pytest.raises(ModelError, match="could not be fetched"):
        models.fetch("original")


@pytest.mark.parametrize("ask", [models.fetch, models.find_checkpoint])
def test_an_unknown_name_lists_the_known(ask):
    with pytest.raises(ModelError, match="original-small"):
        ask("huge")


def test_the_list_has_the_built_in_scorer_and_every_checkpoint(monkeypatch, tmp_path):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    (tmp_path / "hub" / "checkpoints").mkdir(parents=True)
    (tmp_path / "hub" / "checkpoints" / "original-albert-0e1d6498.ckpt").touch()
    listed = models.list_models().set_index("name")
    assert list(listed.index) == ["built-in", *(f"detoxify:{name}" for name in models.CHECKPOINTS)]
    here = listed.index[listed["path"].notna()]
    assert list(here) == ["built-in", "detoxify:original-small"]
    assert listed.loc["detoxify:original-small", "sha256"] == "0e1d6498"
    assert len(listed.loc["built-in", "sha256"]) == 64


def test_the_cache_follows_torch(monkeypatch, tmp_path):
    torch_hub = pytest.importorskip("torch.hub")
    for name, value in (("TORCH_HOME", None), ("XDG_CACHE_HOME", str(tmp_path))):
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)
    assert str(models.checkpoint_folder().parent) == torch_hub.get_dir()


def test_the_names_are_detoxifys():
    detoxify = pytest.importorskip("detoxify.detoxify")
    assert dict(models.CHECKPOINTS) == detoxify.MODEL_URLS
