//! What stands on an own page, and on the sheet that is handed over.

use db::Conn;
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::clock::in_japan;
use crate::deed::Deed;
use crate::station::change::{self, Signal, State as Answer};
use crate::station::courses::{self, CourseDay, Entry, Shown};
use crate::station::own::rules::Refusal;
use crate::station::signups::{self, Room, Signup, State, What};
use crate::station::supporters::Supporter;
use crate::station::vouchers;

/// So far ahead courses stand there.
const DAYS: i32 = 35;
/// Of those one just comes to, so far ahead: they come back week by week.
const OPEN_DAYS: i32 = 14;

/// One of their sign-ups.
pub struct Mine {
    /// The sign-up.
    pub signup: Signup,
    /// Its day.
    pub day: CourseDay,
    /// Where; may be empty.
    pub place: String,
    /// How it stands and why, in words.
    pub words: String,
}

/// A course to come.
pub struct Next {
    /// As everybody reads it.
    pub day: Shown,
    /// How full it is, where one signs up.
    pub room: Option<Room>,
}

/// What stands there.
pub struct Picture {
    /// Their sign-ups for days to come, the next first.
    pub mine: Vec<Mine>,
    /// For what they may sign up, and to what one just comes.
    pub next: Vec<Next>,
    /// Yen of vouchers that they were given, over all.
    pub vouchers: i64,
    /// To what they agree, and since when.
    pub agreed: Vec<(Signal, Date)>,
    /// The weeks in which somebody looked at how they come, with what was answered; the newest first.
    pub done: Vec<(Date, Answer)>,
}

/// The picture. Whoever shows it has written the line.
pub async fn picture(conn: &mut Conn, deed: &Deed, of: &Supporter) -> Result<Picture, Refusal> {
    let mine = mine(conn, deed, of).await?;
    let next = next(conn, deed, &mine).await?;
    let given = vouchers::list_of_supporter(conn, deed, of.id).await?;
    let consents = change::list_of(conn, deed, of.id).await?;
    let holds = consents.iter().filter(|one| one.until.is_none());
    let mut done: Vec<(Date, Answer)> = change::list_lines_of(conn, deed, of.id)
        .await?
        .into_iter()
        .map(|line| (line.week, line.state))
        .filter(|(_, state)| *state != Answer::Open)
        .collect();
    done.reverse();
    Ok(Picture {
        mine,
        next,
        vouchers: vouchers::balance(&given),
        agreed: holds.map(|one| (one.signal, one.since)).collect(),
        done,
    })
}

async fn mine(conn: &mut Conn, deed: &Deed, of: &Supporter) -> Result<Vec<Mine>, Refusal> {
    let today = in_japan(deed.now).date();
    let places = courses::list_places(conn, deed).await?;
    let mut mine = Vec::new();
    for signup in signups::list_coming(conn, deed, of.id, today).await? {
        let day = courses::find_day(conn, deed, signup.day).await?;
        // What they called off themselves is not told to them.
        let last = signup.last().map(|last| last.what);
        let tells =
            signup.state != State::Gone || matches!(last, Some(What::Late | What::Unreached));
        if !tells || day.is_over(deed.now) {
            continue;
        }
        let place = places
            .iter()
            .find(|place| Some(place.id) == day.details.place);
        mine.push(Mine {
            words: match day.state {
                courses::State::Planned => {
                    signups::standing(conn, deed, &signup, &day).await?.words
                }
                courses::State::Off | courses::State::Ended => {
                    "この回は中止になりました。".to_owned()
                }
            },
            place: place.map_or(String::new(), |place| place.word.clone()),
            signup,
            day,
        });
    }
    Ok(mine)
}

async fn next(conn: &mut Conn, deed: &Deed, mine: &[Mine]) -> Result<Vec<Next>, Refusal> {
    let today = in_japan(deed.now).date();
    let until = today.saturating_add(DAYS.days());
    let soon = today.saturating_add(OPEN_DAYS.days());
    let mut next = Vec::new();
    for day in courses::shown_between(conn, deed, today, until).await? {
        let standing = |one: &&Mine| one.signup.day == day.id && one.signup.state != State::Gone;
        if day.off.is_some() || mine.iter().find(standing).is_some() {
            continue;
        }
        if day.entry == Entry::Open {
            if day.day <= soon {
                next.push(Next { day, room: None });
            }
            continue;
        }
        let of = courses::find_day(conn, deed, day.id).await?;
        if !of.is_over(deed.now) {
            let room = signups::room(conn, deed, &of).await?;
            next.push(Next {
                day,
                room: Some(room),
            });
        }
    }
    Ok(next)
}
