//! What the rooms of support took down in the year.

use anyhow::{Context, Result};
use mimamori::consultations::{
    self, AgeBand, Alone, Entry, New, Source, Subject, TopicCode, Topics, Urgency, Way,
};
use mimamori::deed::Deed;
use mimamori::routes::EXPLAINS;
use mimamori::scope::{Actor, Role, Scope};

use super::fill::Town;

impl Town {
    /// The deed of somebody of a center.
    pub async fn deed_of(&mut self, center: usize) -> Result<Deed> {
        let of: Vec<_> = self.staff.iter().filter(|one| one.0 == center).collect();
        let (_, account) = **of.get(self.chance.below(of.len())).context("staff")?;
        let scope = Scope {
            network: self.deed.network(),
            actor: Actor::Staff(account),
            rights: Role::CenterStaff.rights(),
            center: Some(self.centers[center]),
            origin: "bench".to_owned(),
        };
        Ok(self.app.deed(scope).await?)
    }

    /// Receptions of a day: four in five about somebody of the register.
    pub async fn consult(&mut self, count: usize) -> Result<()> {
        let mut conn = self.app.db.read().await?;
        let topics = consultations::list_topics(&mut conn, &self.deed).await?;
        drop(conn);
        let codes: Vec<TopicCode> = topics.iter().map(|topic| topic.code).collect();
        let mut new = Vec::new();
        for _ in 0..count {
            let at = self.chance.below(self.centers.len());
            let deed = self.deed_of(at).await?;
            let subject = match self.chance.below(5) {
                0 => Subject::Nameless(AgeBand::From80, Alone::Unknown),
                _ => Subject::Registered(self.somebody(at)),
            };
            let entry = self.entry(&deed, &codes);
            new.push((at, deed, New { subject, entry }));
        }
        let taken = self.app.db.write(move |conn| {
            Box::pin(async move {
                let mut taken = Vec::new();
                for (at, deed, new) in new {
                    let id = consultations::take_in(conn, &deed, EXPLAINS, new).await?;
                    taken.push((at, id.0));
                }
                Ok::<_, consultations::Refusal>(taken)
            })
        });
        for (at, id) in taken.await? {
            self.filled.consultations[at].push(id);
        }
        Ok(())
    }

    fn entry(&mut self, deed: &Deed, codes: &[TopicCode]) -> Entry {
        let ways = [Way::Phone, Way::Phone, Way::Counter, Way::Visit];
        let sources = [
            Source::Person,
            Source::Family,
            Source::Family,
            Source::Welfare,
        ];
        let topics = [0, 1].map(|_| codes[self.chance.below(codes.len())]);
        Entry {
            at: deed.now,
            way: ways[self.chance.below(ways.len())],
            from: sources[self.chance.below(sources.len())],
            topics: Topics::of(topics),
            urgency: Urgency::Usual,
            minutes: Some(15),
            closed: self.chance.below(10) > 0,
            next_on: None,
            words: consultations::Words {
                said: "ひとりで買い物に出るのが不安になってきた、とのこと。".to_owned(),
                answer: "通いの場と、配食の案内をお渡ししました。".to_owned(),
                ..consultations::Words::default()
            },
        }
    }
}
