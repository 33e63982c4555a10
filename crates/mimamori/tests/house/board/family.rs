//! From the decoded QR to the family's answer, with a mail server of another make.

use std::time::{Duration, Instant};

use mimamori::audit::Verb;
use mimamori::jobs;
use mimamori::people::MayBeTold;
use mimamori::scope::Role;
use mimamori::tags;
use serde_json::Value;

use super::{
    FRIEND, SON, Scene, WORDS, carrying, draft, mail, mails, nurse, only_inquiry, posting, scene,
    send, write,
};
use crate::desk::{lines, stock};
use crate::mailserver::Server;
use crate::town::{Client, Page, Town, on_both};

/// Mail has to be there so soon after the finder pressed the button.
const SOON: Duration = Duration::from_secs(10);

/// What the QR on the printed label of ハナコ's key holder says, read by an independent decoder.
async fn decoded(town: &Town, scene: &Scene) -> String {
    let deed = town.deed_of(Role::CenterStaff).await;
    let mut conn = town.db().read().await.unwrap();
    let tag = tags::list_for_person(&mut conn, &deed, scene.person).await;
    let tag = tag.unwrap()[0].id;
    let carrier = tags::list_carriers(&mut conn, &deed, tag).await.unwrap()[0].id;
    drop(conn);
    let label = format!("/tags/{tag}/carriers/{carrier}/label");
    let page = nurse(town).await.get(&label).await.text();
    let at = page.find("class=\"qr\"").unwrap();
    let end = at + page[at..].find("</svg>").unwrap() + "</svg>".len();
    read_qr(&page[at..end])
}

/// Draws the path of a QR's svg and reads it with rqrr, as a telephone would.
fn read_qr(svg: &str) -> String {
    let side = between(svg, "viewBox=\"0 0 ", " ").parse::<u32>().unwrap();
    let dots = 6;
    let mut sheet = image::GrayImage::from_pixel(side * dots, side * dots, image::Luma([255]));
    for run in between(svg, "<path d=\"", "\"").split('M').skip(1) {
        let (x, rest) = run.split_once([' ', ',']).unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let wide = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap();
        let (x, y, wide): (u32, u32, u32) = (
            x.parse().unwrap(),
            y.parse().unwrap(),
            wide.parse().unwrap(),
        );
        for dot_x in x * dots..(x + wide) * dots {
            for dot_y in y * dots..(y + 1) * dots {
                sheet.put_pixel(dot_x, dot_y, image::Luma([0]));
            }
        }
    }
    let mut picture = rqrr::PreparedImage::prepare(sheet);
    let found = picture.detect_grids();
    found[0].decode().unwrap().1
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let from = text.find(before).unwrap() + before.len();
    &text[from..from + text[from..].find(after).unwrap()]
}

/// The link in a mail, as a path.
fn link(mail: &Value) -> String {
    let body = mail["body"].as_str().unwrap();
    let line = body.lines().find(|line| line.contains("/family/")).unwrap();
    line[line.find("/family/").unwrap()..].to_owned()
}

/// Waits until mail is there.
fn arrived(server: &Server, since: Instant) -> Vec<Value> {
    loop {
        let mails = server.mails();
        if !mails.is_empty() {
            return mails;
        }
        assert!(since.elapsed() < SOON, "mail takes too long");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_decoded_qr_to_the_familys_answer() {
    for engine in db::testing::ENGINES {
        let (server, town) = posting(engine).await;
        let scene = scene(&town).await;
        let address = decoded(&town, &scene).await;
        let path = address.strip_prefix("http://127.0.0.1:8080").unwrap();
        assert_eq!(path, scene.path);
        let job = tokio::spawn(jobs::run(town.app.clone()));
        let finder = town.visitor_from("192.0.2.88");
        let page = finder.get(path).await;
        let pressed = Instant::now();
        let sent = send(&finder, &page, path, WORDS).await;
        let mails = arrived(&server, pressed);
        job.abort();
        say_nothing(&mails);
        let son = town.visitor_from("192.0.2.99");
        answer(&son, &link(&mails[0])).await;
        read_answer(&finder.get(sent.location()).await);
        at_the_desk(&town).await;
        let opened = lines(&town).await;
        let opened = opened
            .iter()
            .filter(|(verb, _, why)| *verb == Verb::Saw && why.starts_with("inquiry:"));
        assert!(opened.count() >= 2, "each opening of the link is a line");
    }
}

/// One mail, to the proved address only, without anything about the person or the finder.
fn say_nothing(mails: &[Value]) {
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0]["x-rcptto"], SON);
    let whole = format!(
        "{}{}{}",
        mails[0]["body"], mails[0]["whole"], mails[0]["subject"]
    );
    for hidden in [
        "ハナコ",
        "ミナミノ",
        "みなみ駅",
        "寒そう",
        "0777",
        "35.58",
        FRIEND,
        "心房細動",
        "大森",
    ] {
        assert!(
            !whole.contains(hidden),
            "{hidden} travels through others' machines"
        );
    }
}

async fn answer(son: &Client, link: &str) {
    let page = son.get(link).await;
    assert_eq!(page.status, 200);
    for said in [
        "みなみ駅の北口",
        "寒そう",
        "35.58890,139.72720",
        "ハナコ",
        "確かめていません",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    for hidden in ["0777", "南野 ハナコ", "大田区", "/q/", "192.0.2.88"] {
        assert!(!page.text().contains(hidden), "the family learns {hidden}");
    }
    let finder = page.attr("[name=finder]", "value").unwrap();
    let coming = [("finder", &*finder), ("reply", "coming")];
    assert_eq!(son.post(link, &coming).await.status, 303);
    let words = "20分で着きます。電話は090-0111-2222、ichiro@example.jp";
    let words = [("finder", &*finder), ("words-0", words)];
    assert_eq!(son.post(link, &words).await.status, 303);
    let empty = son.post(link, &[("finder", &*finder)]).await;
    assert_eq!(empty.status, 422);
    // Who she is and where she lives goes to nobody unknown; what was typed is not lost.
    for telling in ["南野さんの家の者です", "家は大森北1丁目2番3号です"] {
        let told = [("finder", &*finder), ("words-0", telling)];
        let back = son.post(link, &told).await;
        assert_eq!(back.status, 422, "{telling}");
        assert_eq!(back.select("textarea"), [telling]);
    }
}

fn read_answer(page: &Page) {
    let text = page.text();
    assert!(text.contains("すぐ行きます") && text.contains("20分で着きます"));
    for hidden in ["一郎", "0111", "ichiro", "ハナコ", "/family/", "192.0.2.99"] {
        assert!(!text.contains(hidden), "the finder learns {hidden}");
    }
}

async fn at_the_desk(town: &Town) {
    let (_, path) = only_inquiry(town).await;
    let nurse = nurse(town).await;
    let seen = nurse.get(&path).await.text();
    assert!(seen.contains("すぐ行きます") && !seen.contains("南野 一郎"));
    let tell = [("tier", "identity"), ("basis", "basis.purpose")];
    nurse.post(&format!("{path}/disclosures"), &tell).await;
    let seen = nurse.get(&path).await.text();
    assert!(seen.contains("リンクをひらきました"));
    assert!(seen.contains("アドレスが未確認のため、知らせていません"));
    let finder = nurse.get(&path).await;
    let finder = finder.attr("#board [name=finder]", "value").unwrap();
    let told = [("finder", &*finder), ("words-0", "ハナコさんですか")];
    let back = nurse.post(&format!("{path}/board/answers"), &told).await;
    assert_eq!(back.status, 422);
    assert_eq!(back.select("textarea"), ["ハナコさんですか"]);
}

/// The links that were put out, read from the outbox as the job would send them.
async fn links(town: &Town) -> Vec<String> {
    let server = Server::start();
    let deed = town.deed().await;
    mimamori::desk::send_due(town.db(), &deed, &server.way())
        .await
        .unwrap();
    server.mails().iter().map(link).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_one_contacts_and_ends() {
    on_both(async |town| {
        stock(&town, &town.minami).await;
        let mut draft = draft(&town);
        draft.contacts.0[1].mail = mail(FRIEND, true);
        draft.contacts.0[1].may_be_told = MayBeTold::CallOnly;
        let scene = carrying(&town, draft).await;
        let sent = write(&town.visitor(), &scene.path, WORDS).await;
        let links = links(&town).await;
        assert_eq!(links.len(), 2);
        let family = town.visitor();
        let (mut heard, mut asked) = (Vec::new(), Vec::new());
        for link in &links {
            let text = family.get(link).await.text();
            match text.contains("みなみ駅") {
                true => heard.push(link.clone()),
                false => asked.push((link.clone(), text)),
            }
        }
        assert_eq!((heard.len(), asked.len()), (1, 1));
        assert!(asked[0].1.contains("電話でお伝えします"), "連絡のみ");
        let finder = family
            .get(&heard[0])
            .await
            .attr("[name=finder]", "value")
            .unwrap();
        let words = [("finder", &*finder), ("reply", "coming")];
        assert_eq!(family.post(&asked[0].0, &words).await.status, 404);
        let (_, secret) = heard[0].split_once('.').unwrap();
        let there = format!("/family/{}.{secret}", town.kitami.id);
        assert_eq!(family.get(&there).await.status, 404);
        let found = sent
            .location()
            .split('?')
            .next()
            .unwrap()
            .replace("/found/", "/family/");
        assert_eq!(
            family.get(&found).await.status,
            404,
            "a finder's secret is no contact's"
        );
        town.pass(3 * 24 * 3600);
        assert_eq!(family.get(&heard[0]).await.status, 404);
        assert_eq!(family.post(&heard[0], &words).await.status, 404);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_address_is_taken_off_the_record_reads_no_more() {
    on_both(async |town| {
        let scene = scene(&town).await;
        write(&town.visitor(), &scene.path, WORDS).await;
        let link = links(&town).await.remove(0);
        assert_eq!(town.visitor().get(&link).await.status, 200);
        let deed = town.deed_of(Role::CenterStaff).await;
        let mut conn = town.db().read().await.unwrap();
        let kept = mimamori::people::find_group::<mimamori::people::Contacts>(
            &mut conn,
            &deed,
            scene.person,
        );
        let kept = kept.await.unwrap().unwrap();
        drop(conn);
        let mut contacts = kept.value;
        contacts.0[0].mail = None;
        mimamori::people::change_contacts(
            town.db(),
            &deed,
            scene.person,
            kept.version,
            contacts,
            None,
        )
        .await
        .unwrap();
        assert_eq!(town.visitor().get(&link).await.status, 404);
        let (id, path) = only_inquiry(&town).await;
        let before = mails(&town, id).await;
        let again = nurse(&town)
            .await
            .post(&format!("{path}/board/mails"), &[])
            .await;
        assert_eq!((again.status, mails(&town, id).await), (303, before));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_desk_has_ended_it_nobody_writes_or_reads_on() {
    on_both(async |town| {
        let scene = scene(&town).await;
        let finder = town.visitor();
        let sent = write(&finder, &scene.path, WORDS).await;
        let link = links(&town).await.remove(0);
        let (id, path) = only_inquiry(&town).await;
        let nurse = nurse(&town).await;
        nurse.post(&format!("{path}/take"), &[]).await;
        let version = super::open_inquiries(&town).await[0].version.to_string();
        let ending = [
            ("version", version.as_str()),
            ("ending_place", "自宅"),
            ("told", "なし"),
        ];
        assert_eq!(
            nurse.post(&format!("{path}/ending"), &ending).await.status,
            303
        );
        let read = finder.get(sent.location()).await.text();
        assert!(read.contains("対応は終わりました") && !read.contains("http-equiv=\"refresh\""));
        let page = town.visitor().get(&link).await.text();
        assert!(page.contains("対応は終わりました") && !page.contains("みなみ駅"));
        let more = format!("{}/more", sent.location().split('?').next().unwrap());
        assert_eq!(finder.get(&more).await.status, 404);
        finder.post(&more, &[("place", "つづき")]).await;
        assert!(!finder.get(sent.location()).await.text().contains("つづき"));
        write(&finder, &scene.path, WORDS).await;
        let (next, _) = only_inquiry(&town).await;
        assert_ne!(next, id, "a new word after the end is a new inquiry");
    })
    .await;
}
