//! What the Station knows about who came: plain facts without names, ordered so that one
//! person's history is one stretch.

/// Days since 1970-01-01.
pub type Day = i32;
/// Minutes since midnight, local time.
pub type Minute = u16;

/// What somebody came as, in the order of how much it asks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Participant,
    /// Cooks, sets up, receives, clears away.
    Helper,
    Teacher,
}

/// What is known about who came to a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roll {
    Taken,
    /// It was held; nobody wrote down who came. Never the same as absent.
    NotRecorded,
    /// Heat, rain, illness of the teacher, closed house.
    CalledOff,
}

/// One date of one course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Index of the series.
    pub course: u32,
    pub day: Day,
    pub starts: Minute,
    pub ends: Minute,
    pub roll: Roll,
}

/// Somebody was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    pub person: u32,
    /// Index into `Facts::meetings`.
    pub meeting: u32,
    pub role: Role,
    /// When the card was read; ticked on paper: unknown.
    pub arrived: Option<Minute>,
    /// When they left, where somebody noted it.
    pub left: Option<Minute>,
}

/// Somebody had a place. Kept where there is a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignUp {
    pub person: u32,
    pub meeting: u32,
    /// Given back before the day: not a broken promise.
    pub given_back: bool,
}

/// Told ahead: in hospital, at a daughter's. Both days are away, until somebody is seen again:
/// whoever comes after the first day is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    pub person: u32,
    pub first: Day,
    pub last: Day,
}

/// What may be looked at, each agreed to by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Comes less than usual.
    Less,
    /// A gap too long for this person.
    Gap,
    /// A role given up.
    Role,
    /// Who always came along no longer does.
    Companion,
    /// Leaves earlier than usual.
    Leaving,
    /// Signs up and does not come.
    SignUps,
}

/// Somebody agreed to one signal. `until` is the day of withdrawal: from then nothing is looked at,
/// earlier days included. Death and moving away are no withdrawal: see [`Gone`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    pub person: u32,
    pub signal: Signal,
    pub from: Day,
    pub until: Option<Day>,
}

/// Died or moved away, as far as the Station knows since this day. Nobody looks at them any more;
/// who came with them may still be missed for it, by the consent they gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    pub person: u32,
    pub from: Day,
}

/// All of it. `meetings` by day; the others by person, then by meeting or day.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub people: u32,
    pub courses: u32,
    pub meetings: Vec<Meeting>,
    pub visits: Vec<Visit>,
    pub sign_ups: Vec<SignUp>,
    pub aways: Vec<Away>,
    pub consents: Vec<Consent>,
    pub gone: Vec<Gone>,
}

/// Somebody is put before the professionals on watch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alert {
    pub person: u32,
    /// The day of the weekly list.
    pub day: Day,
    /// The strongest signal.
    pub signal: Signal,
    /// Since when, as far as can be told.
    pub onset: Day,
    /// How strong, in the units of the thresholds.
    pub sum: f64,
}

/// Somebody was listed, and what was answered. Answers train nothing: they only say when to look
/// again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    pub alert: Alert,
    /// "All is well" was answered, and said from which day on to look again, whether or not
    /// somebody has come by then. Without it nobody is listed again for the same until they come.
    pub again: Option<Day>,
}

impl From<Alert> for Told {
    fn from(alert: Alert) -> Self {
        Self { alert, again: None }
    }
}
