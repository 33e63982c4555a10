//! Every way in which a number leads to nobody, in words; never a neighbouring person.

use maud::{Markup, html};
use words::tag_number::{TagNumberProblem, grouped};

use crate::clock::in_japan;
use crate::front::look::{self, Link, Tone, Weight};
use crate::tags::{Known, LookUp, State};

/// What to say where nobody was found.
pub struct Nobody {
    /// A code for other programs: `misread`, `unknown`, `other_town`, `stock`, `lost`, …
    pub code: &'static str,
    /// What it is.
    pub title: String,
    /// What to do.
    pub words: String,
    /// What was typed, in groups, where it must be read back.
    pub read_back: String,
    /// Another town's number to call.
    pub call: Option<(String, String)>,
    /// Whether the owner of a tag no longer in use can be opened.
    pub owner: bool,
}

impl Nobody {
    /// The words for an answer.
    pub fn of(answer: &LookUp) -> Nobody {
        match answer {
            LookUp::Misread(problem) => misread(problem),
            LookUp::Unknown => plain(
                "unknown",
                "正しい形の番号ですが、登録がありません",
                "番号をもう一度読み上げてもらい、同じなら、お名前で探すか、本人の様子と場所を聞いて警察（110）や救急（119）を案内してください。",
            ),
            LookUp::OtherTown { name, phone } => {
                other_town(name, phone.as_ref().map(|now| &now.phone))
            }
            LookUp::NotInUse(known) => not_in_use(known),
            LookUp::Found { .. } => plain(
                "closed",
                "この方の記録をひらけません",
                "センターにお知らせください。",
            ),
        }
    }
}

fn plain(code: &'static str, title: &str, words: &str) -> Nobody {
    Nobody {
        code,
        title: title.to_owned(),
        words: words.to_owned(),
        read_back: String::new(),
        call: None,
        owner: false,
    }
}

fn misread(problem: &TagNumberProblem) -> Nobody {
    let read_back = grouped(problem.typed());
    let words = match problem {
        TagNumberProblem::Misread { .. } => {
            "どこかの数字がちがうようです。もう一度読み上げてもらってください。下の番号と1つずつ比べると早く見つかります。".to_owned()
        }
        other => other.to_string(),
    };
    Nobody {
        read_back,
        ..plain("misread", "番号の聞きちがいがあるようです", &words)
    }
}

fn other_town(name: &str, phone: Option<&words::phone::Phone>) -> Nobody {
    let words = match phone {
        Some(_) => {
            "この番号はその町のものです。下の番号に電話してもらってください。こちらでは内容を見られません。"
        }
        None => {
            "この番号はその町のものです。その町の役場に電話してもらってください。こちらでは内容を見られません。"
        }
    };
    Nobody {
        call: phone.map(|phone| (phone.tel_uri(), phone.to_string())),
        ..plain("other_town", &format!("{name}の番号です"), words)
    }
}

fn not_in_use(known: &Known) -> Nobody {
    let since = in_japan(known.since).strftime("%Y年%-m月%-d日").to_string();
    let (code, title, words) = match known.state {
        State::Stock => (
            "stock",
            "まだだれにも渡していない番号です".to_owned(),
            "在庫の番号です。番号の付いた物がどこにあったかをうかがい、センターにお知らせください。",
        ),
        State::Lost => (
            "lost",
            format!("{since}に紛失の届けがあった番号です"),
            "物だけが見つかったのか、本人が持っているのかをうかがってください。本人がいるときは、下から持ち主の照会をひらけます。",
        ),
        State::Replaced => (
            "replaced",
            format!("{since}に新しい番号と交換した、古い番号です"),
            "本人が古い物を持っていることがあります。本人がいるときは、下から持ち主の照会をひらけます。",
        ),
        State::Returned => (
            "returned",
            format!("{since}に返却された番号です"),
            "返却された番号です。本人が目の前にいるときは、下から持ち主だった方の照会をひらけます。",
        ),
        State::Void => (
            "void",
            format!("{since}に無効にした番号です"),
            "使わなくなった番号です。本人が目の前にいるときは、下から持ち主だった方の照会をひらけます。",
        ),
        State::Bound => (
            "closed",
            "持ち主の記録がありません".to_owned(),
            "センターにお知らせください。",
        ),
    };
    Nobody {
        owner: known.person.is_some(),
        ..plain(code, &title, words)
    }
}

/// The answer on the page; `again` are the hidden fields of the form that was sent.
pub fn part(nobody: &Nobody, again: Markup) -> Markup {
    html! {
        (look::notice(Tone::Warning, &nobody.title, html! {
            p { (nobody.words) }
            @if let Some((uri, shown)) = &nobody.call { p { (look::button_link(Weight::Primary, Link::new(shown, uri))) } }
            @if nobody.owner {
                form.act method="post" action="/desk/inquiries" {
                    (again)
                    (look::hidden("owner_too", "yes"))
                    button.button.secondary type="submit" { "持ち主の照会をひらく（記録に残ります）" }
                }
            }
        }))
        @if !nobody.read_back.is_empty() {
            @let groups: Vec<&str> = nobody.read_back.split('-').collect();
            p { "いま入っている番号です。1つずつ読み上げて、相手と比べてください。" }
            (look::big_number(&groups, ""))
        }
    }
}
