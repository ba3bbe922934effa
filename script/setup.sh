# Sourced by start and test: a virtual environment with the project in it, made once and kept until pyproject changes.
#
# VENV             folder of the environment (default: .venv beside this script's folder)
# PYTHON           interpreter to make it with (default: the newest of python3.11 … python3.14, python3)
# TORCH_INDEX_URL  package index that has the CPU build of torch, where the default index has only the large one

set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
venv="${VENV:-$root/.venv}"

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

find_python() {
  for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      command -v "$candidate"
      return
    fi
  done
  fail "需要 Python 3.11 或更新版本（含 venv 模块）。Python 3.11 or newer with its venv module is needed; set PYTHON to name one."
}

set_up() { # set_up [EXTRA]: install the project, with an extra if named, unless this very pyproject is installed already
  local extra="${1:-}" stamp want
  want="$(cat "$root/pyproject.toml" "$root/script/setup.sh" | cksum) $extra"
  stamp="$venv/.eassistant${extra:+-$extra}"
  if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    return
  fi
  [ -x "$venv/bin/python" ] || "$(find_python)" -m venv "$venv"
  echo "正在安装软件包，首次需要几分钟…  Installing packages, a few minutes the first time…"
  local pip=("$venv/bin/python" -m pip --disable-pip-version-check --quiet)
  local torch
  torch="$(sed -n 's/^ *"\(torch==[^"]*\)",$/\1/p' "$root/pyproject.toml")"
  # torch first and alone: with its pin satisfied, nothing later asks for the build with CUDA.
  "${pip[@]}" install ${TORCH_INDEX_URL:+--index-url "$TORCH_INDEX_URL"} "$torch"
  "${pip[@]}" install --editable "$root${extra:+[$extra]}"
  printf '%s' "$want" >"$stamp"
}
