//! The frame of every page: who is here, where one can go, and the number box.

use maud::{DOCTYPE, Markup, html};

use super::acts::Link;
use super::assets::{css_href, picture_href, script_href};
use super::icons::Icon;
use super::signs::{Tone, emergency};

/// What surrounds a staff page. Made once a request by the front, from the session.
#[derive(Clone, Default)]
pub struct Shell {
    pub network_name: String,
    pub staff_name: String,
    /// Role and place: 「みなみ地域包括支援センター 職員」.
    pub role_name: String,
    /// Only what this role may open.
    pub nav: Vec<NavItem>,
    pub flash: Option<Flash>,
    /// 16 px for staff, 18 px where residents look on.
    pub staff: bool,
    pub number_box: bool,
    pub emergency: Option<Emergency>,
    /// When the page was made, for paper: 「2026年11月22日（日）14:20」.
    pub printed_at: String,
    /// Seconds after which the page asks again, for work in progress only.
    pub refresh: Option<u32>,
    /// Whether the page goes on asking for inquiries that wait for somebody.
    pub asks_waiting: bool,
}

/// A place to go, with how much waits there.
#[derive(Clone, Default)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    pub current: bool,
    pub count: Option<u64>,
}

/// What was just done, until the next page; with the way back where there is one.
#[derive(Clone, Default)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
    pub undo: Option<Undo>,
}

/// `label` 「元にもどす」, posted to `action`.
#[derive(Clone)]
pub struct Undo {
    pub label: String,
    pub action: String,
}

/// Shown above everything on every page: an inquiry that nobody holds.
#[derive(Clone)]
pub struct Emergency {
    pub title: String,
    pub text: String,
    pub link_label: String,
    pub href: String,
}

/// A whole page for staff.
#[must_use]
pub fn page(shell: &Shell, title: &str, body: Markup) -> Markup {
    let size = if shell.staff { "staff" } else { "public" };
    html! {
        (DOCTYPE)
        html lang="ja" class=(size) {
            (head(title, &shell.network_name, html! { @if let Some(seconds) = shell.refresh { (refresh(seconds)) } }))
            body {
                (skip_link("ja"))
                (header(shell))
                @if !shell.nav.is_empty() { (nav(&shell.nav)) }
                main #main tabindex="-1" {
                    @if let Some(e) = &shell.emergency {
                        (emergency(&e.title, &e.text, Link::new(&e.link_label, &e.href)))
                    }
                    @if shell.asks_waiting { div role="status" data-waiting="/desk/waiting" {} }
                    @if let Some(done) = &shell.flash { (flash(done)) }
                    h1 { (title) }
                    (body)
                }
                (footer(shell))
            }
        }
    }
}

fn refresh(seconds: u32) -> Markup {
    html! { meta http-equiv="refresh" content=(seconds); }
}

fn head(title: &str, network_name: &str, refresh: Markup) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="robots" content="noindex";
            meta name="format-detection" content="telephone=no";
            (refresh)
            title { (title) "｜" (network_name) }
            link rel="icon" href=(picture_href()) type="image/svg+xml";
            link rel="stylesheet" href=(css_href());
            script src=(script_href()) defer {}
        }
    }
}

fn skip_link(lang: &str) -> Markup {
    let words = match lang {
        "en" => "Skip to the main text",
        "zh-Hans" => "跳到正文",
        "ko" => "본문으로",
        "vi" => "Đến nội dung chính",
        _ => "本文へ",
    };
    html! { a.skip href="#main" { (words) } }
}

fn header(shell: &Shell) -> Markup {
    html! {
        header.top {
            div.top-in {
                @if shell.number_box { (number_box()) }
                p.network { (shell.network_name) }
                @if !shell.staff_name.is_empty() { (who(shell)) }
            }
        }
    }
}

/// Sent by POST: what is typed here is a name or a number and must not stand in an address.
fn number_box() -> Markup {
    html! {
        form.number-box role="search" method="post" action="/find" autocomplete="off" {
            label for="number-box" { "番号・名前・電話でさがす " kbd title="「/」キーでここへ移ります" { "/" } }
            div {
                input #number-box type="text" name="q" autocomplete="off" spellcheck="false"
                    aria-keyshortcuts="/";
                button.button.primary type="submit" { (Icon::Search) "さがす" }
            }
        }
    }
}

fn who(shell: &Shell) -> Markup {
    html! {
        div.who {
            p { a href="/account" { (shell.staff_name) } small { (shell.role_name) } }
            form method="post" action="/logout" {
                button.button.quiet type="submit" { "ログアウト" }
            }
        }
    }
}

fn nav(items: &[NavItem]) -> Markup {
    html! {
        nav.main-nav aria-label="メニュー" {
            ul { @for item in items {
                li { a href=(item.href) aria-current=[item.current.then_some("page")] {
                    (item.label)
                    @if let Some(count) = item.count { span.count { (count) "件" } }
                } }
            } }
        }
    }
}

fn flash(flash: &Flash) -> Markup {
    html! {
        div class={ "flash " (flash.tone.class()) } role="status" {
            p { (flash.tone.icon()) (flash.text) }
            @if let Some(undo) = &flash.undo {
                form method="post" action=(undo.action) {
                    button.button.quiet type="submit" { (undo.label) }
                }
            }
        }
    }
}

fn footer(shell: &Shell) -> Markup {
    html! {
        footer.bottom {
            p { (shell.network_name) }
            (printed(shell))
        }
    }
}

/// Who printed the page and when; drawn on paper only.
fn printed(shell: &Shell) -> Markup {
    html! {
        p.printed { "印刷：" (shell.staff_name) "（" (shell.role_name) "）" (shell.printed_at) }
    }
}

/// One person of several on a page: on paper each begins a sheet and ends with who printed it.
#[must_use]
pub fn one_person(shell: &Shell, body: Markup) -> Markup {
    html! { div.one-person { (body) (printed(shell)) } }
}

/// What surrounds a page for anybody: a finder, a family member, staff before log-in.
#[derive(Clone, Copy, Default)]
pub struct PublicShell<'a> {
    pub network_name: &'a str,
    /// Empty where the page has one language.
    pub languages: &'a [Language<'a>],
    /// Seconds after which the page asks again, for somebody who waits.
    pub refresh: Option<u32>,
}

/// A language to read the page in, named in itself.
#[derive(Clone, Copy)]
pub struct Language<'a> {
    /// For `lang`: `ja`, `en`.
    pub code: &'a str,
    pub label: &'a str,
    pub href: &'a str,
    pub current: bool,
}

/// A whole page without menus, in large letters.
#[must_use]
pub fn public_page(shell: &PublicShell<'_>, title: &str, body: Markup) -> Markup {
    let lang = shell
        .languages
        .iter()
        .find(|l| l.current)
        .map_or("ja", |l| l.code);
    html! {
        (DOCTYPE)
        html.public lang=(lang) {
            // Where scripts run, they renew the part that changes and leave the reader in peace.
            (head(title, shell.network_name, html! {
                @if let Some(seconds) = shell.refresh { noscript { (refresh(seconds)) } }
            }))
            body {
                (skip_link(lang))
                header.top { div.top-in {
                    p.network { (shell.network_name) }
                    @if !shell.languages.is_empty() { (language_choice(shell.languages)) }
                } }
                main.narrow #main tabindex="-1" { h1 { (title) } (body) }
                footer.bottom { p { (shell.network_name) } }
            }
        }
    }
}

fn language_choice(languages: &[Language<'_>]) -> Markup {
    html! {
        nav.languages aria-label="言語 Language" {
            ul { @for l in languages {
                li { a href=(l.href) lang=(l.code) hreflang=(l.code)
                    aria-current=[l.current.then_some("true")] { (l.label) } }
            } }
        }
    }
}

/// One main column and a narrow one beside it (below it on a phone).
#[must_use]
pub fn sheet(main: Markup, side: Markup) -> Markup {
    html! { div.sheet { div.sheet-main { (main) } aside.sheet-side aria-label="関連" { (side) } } }
}

/// A part of a page under its own heading.
#[must_use]
pub fn section(title: &str, body: Markup) -> Markup {
    html! { section.part-of-page { h2 { (title) } (body) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staff_page() -> String {
        let shell = Shell {
            network_name: "みなみ町 <見守り>".into(),
            staff_name: "田中 さくら".into(),
            number_box: true,
            staff: true,
            ..Shell::default()
        };
        page(&shell, "今日", html! { p { "本文" } }).into_string()
    }

    #[test]
    fn the_number_box_is_the_first_field_and_keeps_out_of_addresses() {
        let page = staff_page();
        let first = page.find("<form").map(|at| &page[at..]).unwrap_or_default();
        assert!(first.starts_with(r#"<form class="number-box""#));
        assert!(first.contains(r#"method="post" action="/find""#));
    }

    #[test]
    fn a_name_with_a_tag_in_it_stays_a_name() {
        let page = staff_page();
        assert!(page.contains("&lt;見守り&gt;") && !page.contains("<見守り>"));
    }

    #[test]
    fn nothing_is_styled_or_scripted_in_the_page_itself() {
        let page = staff_page();
        for inline in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!page.contains(inline), "{inline}");
        }
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script src=").count()
        );
    }

    #[test]
    fn a_page_for_anybody_speaks_the_chosen_language() {
        let english = Language {
            code: "en",
            label: "English",
            href: "?lang=en",
            current: true,
        };
        let shell = PublicShell {
            network_name: "みなみ町",
            languages: &[english],
            ..PublicShell::default()
        };
        let page = public_page(&shell, "Thank you", html! {}).into_string();
        assert!(page.contains(r#"lang="en""#) && page.contains("Skip to the main text"));
    }
}
