//! The form of a course: as typed, as shown, as read.

use maud::{Markup, html};

use crate::front::look::{self, Choice, Field, Kind, Problems};
use crate::ids::RowId;
use crate::networks::{Organisation, Span};
use crate::people::{one_line, paragraph};
use crate::station::courses::rules::{
    By, Details, Entry, Hours, MOST_FEE, MOST_HOLDS, MOST_LINE, MOST_NEEDED, MOST_TITLE,
    MOST_WORDS, Need, Place, Role, Who, same_name,
};

/// Fields by name, as they were sent; of a group of boxes one for each that is ticked.
#[derive(Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was typed into the field.
    pub fn of(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(of, _)| of == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Every box of the group that is ticked.
    pub fn all<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let ticked = self.0.iter().filter(move |(of, _)| of == name);
        ticked.map(|(_, value)| value.as_str()).collect()
    }

    /// Adds a field that holds something.
    pub fn put(&mut self, name: &str, value: impl ToString) {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
    }

    /// The version that the form was made from; an empty form has none.
    pub fn version(&self) -> i64 {
        self.of("version").parse().unwrap_or_default()
    }

    /// The version to go on from, once what changed was shown.
    pub fn renew(&mut self, version: i64) {
        self.0.retain(|(name, _)| name != "version");
        self.put("version", version);
    }

    /// A tick that was set beside another teacher's name falls: whether a name may be told is asked of
    /// whom it names. Says so beside the box.
    fn ask_teacher(&mut self, problems: &mut Problems) {
        let (before, now) = (self.of("ticked_for"), self.of("teacher"));
        let kept = self.of("teacher_shown") == "yes" && !before.is_empty();
        if kept && !now.is_empty() && !same_name(before, now) {
            self.0.retain(|(name, _)| name != "teacher_shown");
            problems.add(
                "teacher_shown",
                "講師が変わったので、印を外しました。新しい講師の方に確かめて、よいと言われたときだけ、もう一度印をつけてください。",
            );
        }
    }

    /// A whole number in any width; nothing where nothing is typed.
    pub fn number(&self, name: &str, most: u32, problems: &mut Problems) -> Option<u32> {
        let typed = self.of(name);
        let folded = words::digits::fold(typed).ok();
        let read = folded.and_then(|digits| digits.parse().ok());
        let read = read.filter(|number| *number <= most);
        if read.is_none() && !typed.is_empty() {
            problems.add(name, format!("0から{most}までの数字で入れてください。"));
        }
        read
    }

    /// One line.
    pub fn line(&self, name: &str, most: usize, problems: &mut Problems) -> String {
        one_line(self.of(name), most).unwrap_or_else(|problem| {
            problems.add(name, problem.to_string());
            String::new()
        })
    }

    /// Several lines.
    pub fn words(&self, name: &str, problems: &mut Problems) -> String {
        paragraph(self.of(name), MOST_WORDS).unwrap_or_else(|problem| {
            problems.add(name, problem.to_string());
            String::new()
        })
    }

    /// From when to when.
    pub fn hours(&self, problems: &mut Problems) -> Option<Hours> {
        let span = Span::parse(self.of("starts"), self.of("ends"));
        let minute = |minute: i64| u16::try_from(minute).ok();
        let hours = span.and_then(|span| {
            Some(Hours {
                starts: minute(span.opens)?,
                ends: minute(span.closes)?,
            })
        });
        if hours.is_none() {
            problems.add(
                "starts",
                "始まりと終わりを「10:00」「11:30」のように入れてください。終わりは始まりより後です。",
            );
        }
        hours
    }

    /// One of the places that are in use, or the one where it is now, that holds so many.
    pub fn place(
        &self,
        around: &Around,
        holds: Option<u32>,
        problems: &mut Problems,
    ) -> Option<RowId> {
        let place = around.find(self.of("place").parse().ok())?;
        if !place.open && around.stays != Some(place.id) {
            problems.add("place", "この会場は、いまは使わないことになっています。別の会場を選ぶか、「会場と休館日」で「これからの講座に使う」に印をつけてください。");
        }
        if let Some((wished, hall)) = holds
            .zip(place.holds)
            .filter(|(wished, hall)| wished > hall)
        {
            problems.add("place", format!("定員{wished}人は、この会場に入れる人数（{hall}人）より多くなっています。定員をへらすか、会場を変えてください。"));
        }
        Some(place.id)
    }
}

/// What a form is made with.
pub struct Around {
    /// Every place.
    pub places: Vec<Place>,
    /// The directory.
    pub organisations: Vec<Organisation>,
    /// Where the course is held now: it may stay there, though nothing new is held there any more.
    pub stays: Option<RowId>,
}

impl Around {
    /// The place.
    pub fn find(&self, id: Option<RowId>) -> Option<&Place> {
        self.places.iter().find(|place| Some(place.id) == id)
    }

    /// The directory's names.
    pub fn names(&self) -> Vec<(RowId, String)> {
        let names = self.organisations.iter();
        names.map(|one| (one.id, one.name.clone())).collect()
    }
}

/// The form of what a course is.
pub fn typed_from(details: &Details) -> Typed {
    let mut typed = Typed::default();
    let of = details;
    let yes = |yes: bool| if yes { "yes" } else { "" };
    for (name, value) in [
        ("title", of.title.as_str()),
        ("reading", &of.reading),
        ("about", &of.about),
        ("bring", &of.bring),
        ("by", of.by.code()),
        ("by_name", &of.by_name),
        ("who", of.who.code()),
        ("entry", of.entry.code()),
        ("shown", yes(of.shown)),
        ("teacher", &of.teacher),
        ("teacher_shown", yes(of.teacher_shown)),
        ("note", &of.note),
    ] {
        typed.put(name, value);
    }
    typed.put("starts", of.hours.start());
    typed.put("ends", of.hours.end());
    typed.put("fee", of.fee);
    let id = |id: Option<RowId>| id.map(|id| id.to_string()).unwrap_or_default();
    typed.put("place", id(of.place));
    typed.put("organisation", id(of.organisation));
    typed.put(
        "holds",
        of.holds.map(|holds| holds.to_string()).unwrap_or_default(),
    );
    for need in &of.needs {
        typed.put(&format!("need-{}", need.role.code()), need.number);
    }
    typed
}

/// What a new course begins with.
pub fn fresh() -> Typed {
    let mut typed = Typed::default();
    for (name, value) in [
        ("by", By::Supporters.code()),
        ("who", Who::Anyone.code()),
        ("entry", Entry::Open.code()),
        ("shown", "yes"),
        ("fee", "0"),
    ] {
        typed.put(name, value);
    }
    typed
}

/// A field of one line with what was typed and what is wrong with it.
pub fn text<'a>(
    typed: &'a Typed,
    problems: &'a Problems,
    name: &'a str,
    label: &'a str,
) -> Field<'a> {
    Field {
        name,
        label,
        value: typed.of(name),
        problem: problems.of(name),
        ..Field::default()
    }
}

/// Time and place: they stand in the form of a course and in that of a move.
pub fn when_and_where(typed: &Typed, around: &Around, problems: &Problems) -> Markup {
    let field = |name, label| text(typed, problems, name, label);
    let chosen = typed.of("place");
    let ids: Vec<(String, String)> = around
        .places
        .iter()
        .map(|place| (place, place.id.to_string()))
        .filter(|(place, id)| place.open || id == chosen)
        .map(|(place, id)| (id, place.word.clone()))
        .collect();
    let none = Choice::new("", "まだ決まっていません");
    let places = ids.iter().map(|(id, word)| Choice::new(id, word));
    let choices: Vec<Choice<'_>> = [none].into_iter().chain(places).collect();
    html! {
        div.pair {
            (look::field(&Field { kind: Kind::Short, required: true, ..field("starts", "始まり") }))
            (look::field(&Field { kind: Kind::Short, required: true, ..field("ends", "終わり") }))
        }
        (look::select(&field("place", "会場"), &choices))
        @if around.places.is_empty() {
            p { a href="/station/places" { "会場を先に登録する" } }
        }
    }
}

/// The fields of what a course is; when and where it is comes after what it is.
pub fn fields(typed: &Typed, around: &Around, problems: &Problems, when: Markup) -> Markup {
    let field = |name, label| text(typed, problems, name, label);
    html! {
        (look::fieldset("どんな講座か", html! {
            (look::field(&Field { required: true, ..field("title", "講座の名前") }))
            (look::field(&Field { kind: Kind::Textarea, hint: "参加する方に知らせること", ..field("about", "内容") }))
        }))
        (look::fieldset("いつ・どこで", when))
        (look::fieldset("参加する方に", taking_part(typed, problems)))
        (look::fieldset("だれが開くか", html! {
            (look::select(&field("by", "主催"), &coded(By::ALL.iter().map(|one| (one.code(), one.word())))))
            (organisations(typed, around, problems))
            (look::field(&Field { hint: "一覧にないときに入れます。", ..field("by_name", "主催の名前") }))
            (look::field(&field("teacher", "講師")))
            (look::checks(&Field { hint: "名前をのせると、いつどこにいるかが、だれにでもわかります。ご本人に確かめてからのせてください。終わった回からは、次の日に消えます。", ..field("teacher_shown", "講師の名前") },
                &[Choice::new("yes", "案内に講師の名前をのせる（ご本人の了解ずみ）")], &typed.all("teacher_shown")))
            @if typed.of("teacher_shown") == "yes" { (look::hidden("ticked_for", typed.of("teacher"))) }
        }))
        (look::fieldset("必要な役割と人数", html! {
            div.pair { @for role in Role::ALL {
                @let name = format!("need-{}", role.code());
                (look::field(&Field { kind: Kind::Number, ..text(typed, problems, &name, role.word()) }))
            } }
        }))
        (look::field(&Field { kind: Kind::Textarea, hint: "鍵、機材、段取りなど。案内にはのりません。", ..field("note", "職員どうしのメモ") }))
    }
}

fn taking_part(typed: &Typed, problems: &Problems) -> Markup {
    let field = |name, label| text(typed, problems, name, label);
    html! {
        (look::field(&Field { kind: Kind::Number, hint: "無料は0", ..field("fee", "参加費（円）") }))
        (look::field(&Field { kind: Kind::Long, ..field("bring", "持ち物") }))
        (look::field(&Field { kind: Kind::Number, hint: "空けておくと、会場に入れる人数になります。", ..field("holds", "定員（人）") }))
        (look::select(&field("who", "来てよい方"), &coded(Who::ALL.iter().map(|one| (one.code(), one.word())))))
        (look::select(&field("entry", "申し込み"), &coded(Entry::ALL.iter().map(|one| (one.code(), one.word())))))
        (look::checks(&field("shown", "案内"), &[Choice::new("yes", "住民向けのカレンダー・掲示・公開ファイルにのせる")], &typed.all("shown")))
        (look::field(&Field { hint: "公開用のファイルに使います。空けておいてもかまいません。", ..field("reading", "名前の読み（カタカナ）") }))
    }
}

fn organisations(typed: &Typed, around: &Around, problems: &Problems) -> Markup {
    let chosen = typed.of("organisation");
    let ids: Vec<(String, &str)> = around
        .organisations
        .iter()
        .map(|one| (one, one.id.to_string()))
        .filter(|(one, id)| one.closed_at.is_none() || id == chosen)
        .map(|(one, id)| (id, one.name.as_str()))
        .collect();
    let none = Choice::new("", "一覧から選ばない");
    let some = ids.iter().map(|(id, name)| Choice::new(id, name));
    let choices: Vec<Choice<'_>> = [none].into_iter().chain(some).collect();
    look::select(
        &text(
            typed,
            problems,
            "organisation",
            "団体（関係機関の一覧から）",
        ),
        &choices,
    )
}

fn coded<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Choice<'a>> {
    all.map(|(code, word)| Choice::new(code, word)).collect()
}

/// Reads what a course is.
pub fn read(typed: &mut Typed, around: &Around, problems: &mut Problems) -> Option<Details> {
    typed.ask_teacher(problems);
    let title = typed.line("title", MOST_TITLE, problems);
    if title.is_empty() && problems.of("title").is_none() {
        problems.add("title", "講座の名前を入れてください。");
    }
    let reading = words::kana::to_katakana(&typed.line("reading", MOST_LINE, problems));
    let hours = typed.hours(problems);
    let chosen: Option<RowId> = typed.of("organisation").parse().ok();
    let mut organisations = around.organisations.iter().map(|one| one.id);
    let mut needs = Vec::new();
    for role in Role::ALL {
        let name = format!("need-{}", role.code());
        let number = typed
            .number(&name, MOST_NEEDED, problems)
            .unwrap_or_default();
        if number > 0 {
            needs.push(Need {
                role: *role,
                number,
            });
        }
    }
    let holds = typed.number("holds", MOST_HOLDS, problems);
    let details = Details {
        title,
        reading,
        hours: hours.unwrap_or(Hours { starts: 0, ends: 1 }),
        place: typed.place(around, holds, problems),
        holds,
        fee: typed.number("fee", MOST_FEE, problems).unwrap_or_default(),
        bring: typed.line("bring", MOST_LINE, problems),
        about: typed.words("about", problems),
        by: By::from_code(typed.of("by")).unwrap_or(By::Center),
        organisation: organisations.find(|id| Some(*id) == chosen),
        by_name: typed.line("by_name", MOST_LINE, problems),
        who: Who::from_code(typed.of("who")).unwrap_or(Who::Invited),
        entry: Entry::from_code(typed.of("entry")).unwrap_or(Entry::SignUp),
        shown: typed.of("shown") == "yes",
        teacher: typed.line("teacher", MOST_LINE, problems),
        teacher_shown: typed.of("teacher_shown") == "yes",
        needs,
        note: typed.words("note", problems),
    };
    problems.is_empty().then_some(details)
}
