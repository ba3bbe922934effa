"""The pages before the page (登录页面): plain HTML without scripts, so that they work in any browser and reader."""

from __future__ import annotations

from html import escape

NAME = "执法e助理"

CSS = """\
:root { color-scheme: light dark; --ink: #1c2430; --back: #f3f5f9; --card: #fff; --line: #c3cad6; --main: #1f4e9c;
  --bad: #a3200f; --bad-back: #fdecea; --note-back: #e8f0fc; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf1; --back: #12161d; --card: #1b212b; --line: #566174;
  --main: #8db4f4; --bad: #ffb4a8; --bad-back: #43201c; --note-back: #1d2d47; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back);
  color: var(--ink); font: 1rem/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
main { width: 100%; max-width: 26rem; padding: 2rem 1.5rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 0.75rem; }
h1 { margin: 0 0 0.25rem; font-size: 1.5rem; }
p { margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 0.25rem; font-weight: 600; }
small { display: block; margin-top: 1rem; font-size: 0.875rem; }
input { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--line); border-radius: 0.5rem; }
button { width: 100%; min-height: 2.75rem; margin-top: 1.5rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--card); background: var(--main); border: 0; border-radius: 0.5rem; }
a { color: var(--main); }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px; }
.note, .bad { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--note-back); }
.bad { color: var(--bad); background: var(--bad-back); }
.bad p:last-child, .note p:last-child { margin: 0; }
"""


def document(title: str, body: str) -> str:
    """A whole page around HTML that is already safe."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} · {NAME}</title>\n"
        '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/account.css">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def login_page(next_page: str, *, login: str = "", problem: tuple[str, str] | None = None, note: str = "") -> str:
    """The form for login name and password. ``problem``: what was wrong and what to do."""
    return document(
        "登录",
        f"<h1>{NAME}</h1>\n<p>请登录。</p>\n{_note(note)}{_problem(problem)}"
        '<form method="post" action="/login">\n'
        f'<input type="hidden" name="next" value="{escape(next_page)}">\n'
        + _field("login", "登录名", autocomplete="username", value=login, focus=not login)
        + _field("password", "密码", kind="password", autocomplete="current-password", focus=bool(login))
        + '<button type="submit">登录</button>\n</form>\n'
        "<p><small>忘记密码，或没有账户，请联系本单位管理员。</small></p>",
    )


def setup_page(
    least: int, *, code: str = "", login: str = "", name: str = "", problem: tuple[str, str] | None = None
) -> str:
    """The form for the first administrator."""
    return document(
        "初始设置",
        "<h1>初始设置</h1>\n<p>建立首位管理员。设置码显示在服务启动时的控制台上；重新启动会另发新码。</p>\n"
        f'{_problem(problem)}<form method="post" action="/setup">\n'
        + _field("code", "设置码", autocomplete="one-time-code", value=code, focus=not code)
        + _field("login", "登录名", autocomplete="username", value=login)
        + _field("name", "姓名", autocomplete="name", value=name)
        + _field(
            "password", f"密码（至少 {least} 个字符）", kind="password", autocomplete="new-password", focus=bool(code)
        )
        + _field("again", "再次输入密码", kind="password", autocomplete="new-password")
        + '<button type="submit">建立管理员并登录</button>\n</form>',
    )


def logout_page() -> str:
    """Asks before logging out: a link alone must not end a session."""
    return document(
        "退出登录",
        f"<h1>{NAME}</h1>\n<p>要退出登录吗？</p>\n"
        '<form method="post" action="/logout">\n<button type="submit">退出登录</button>\n</form>\n'
        '<p><a href="/">返回</a></p>',
    )


def problem_page(what: str, remedy: str) -> str:
    return document("暂不可用", f'<h1>{NAME}</h1>\n{_problem((what, remedy))}<p><a href="/">重试</a></p>')


def missing_page() -> str:
    """An address that leads to no page."""
    return document(
        "没有这个页面",
        f"<h1>{NAME}</h1>\n<p>没有这个页面。网址可能写错了，或者页面已经改名。</p>\n"
        '<p><a href="/">回到首页</a></p>\n<p><a href="/encyclopedia">到百科查找</a></p>',
    )


def _field(
    name: str, label: str, *, autocomplete: str, kind: str = "text", value: str = "", focus: bool = False
) -> str:
    more = f' value="{escape(value)}"' if value else ""
    more += " autofocus" if focus else ""
    return (
        f'<label for="{name}">{escape(label)}</label>\n'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{autocomplete}" maxlength="200" '
        f'autocapitalize="none" spellcheck="false" required{more}>\n'
    )


def _problem(problem: tuple[str, str] | None) -> str:
    if problem is None:
        return ""
    what, remedy = problem
    return f'<div class="bad" role="alert">\n<p>{escape(what)}</p>\n<p>{escape(remedy)}</p>\n</div>\n'


def _note(note: str) -> str:
    return f'<div class="note" role="status"><p>{escape(note)}</p></div>\n' if note else ""
