//! How every page looks: plain HTML parts written as functions.
//!
//! A page gives a part its words and gets [`maud::Markup`] back. Nothing here knows a route's
//! meaning, a right, a clock or a database row; times, ages and numbers arrive as the words that
//! will be read. Parts escape everything they are given, carry no `style` attribute and need no
//! script, so the pages hold under `Content-Security-Policy: default-src 'self'`.
//!
//! ```text
//! let body = html! {
//!     (problem_summary(&problems))
//!     (form("/people", html! {
//!         (field(&Field { name: "family", label: "氏", value: &typed.family,
//!             problem: problems.of("family"), required: true, ..Field::default() }))
//!         (buttons("登録する", Some(Link::new("やめる", "/people"))))
//!     }))
//! };
//! page(&shell, "登録者を加える", body)
//! ```

mod acts;
mod assets;
mod dates;
mod desk;
mod fields;
mod forms;
mod icons;
mod progress;
mod qr;
mod records;
mod shell;
mod signs;
mod tables;
mod tasks;
mod ways;

pub use acts::{Link, Weight, act, button, button_link, text_link};
pub use assets::{assets, css_href, script_href};
pub use dates::{DateParts, date_parts};
pub use desk::{Attempt, CallRow, Phone, Said, big_number, call_list, call_row, dial, read_aloud};
pub use fields::{Choice, Field, Kind, checks, field, field_id, file, radios, select};
pub use forms::{
    Problem, Problems, buttons, fieldset, filters, form, hidden, problem_summary, upload_form,
};
pub use icons::Icon;
pub use progress::{Progress, progress};
pub use qr::qr;
pub use records::{Confirmed, Entry, Event, record, timeline};
pub use shell::{
    Emergency, Flash, Language, NavItem, PublicShell, Shell, Undo, one_person, page, public_page,
    section, sheet,
};
pub use signs::{Tone, chip, emergency, moment, notice};
pub use tables::{Head, Pager, Sort, Sorted, empty, pager, scroll_region, table};
pub use tasks::{TaskAct, TaskCard, task_list};
pub use ways::{Step, StepState, Tab, steps, tabs};
