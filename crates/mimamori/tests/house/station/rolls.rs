//! A roll on paper: printed, marked with a pen, photographed, decided, confirmed once.

use axum::body::Body;
use axum::http::{Request, header};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use marks::Layout;
use mimamori::deed::Deed;
use mimamori::ids::RowId;
use mimamori::scope::Role;
use mimamori::station::door::{self, Part, Roll, Way};
use mimamori::station::rolls::{self, BoxRead, Reading, Says, Sheet, Whom};
use mimamori::station::signups;

use super::{signed, sitting, wish};
use crate::town::{Client, Page, Town, on_both};

const BEGUN: &str = "2026-12-04T13:40:00+09:00";
const DOTS: f64 = 200.0 / 25.4;

/// A sheet with a box to decide.
pub async fn marked(town: &Town, deed: &Deed) -> RowId {
    let signup = signed(town, deed).await;
    let mut conn = town.db().read().await.unwrap();
    let day = signups::find(&mut conn, deed, signup).await.unwrap().day;
    drop(conn);
    let drawn = rolls::draw_up(town.db(), deed, day, Whom::SignedUp).await;
    let sheet = drawn.unwrap().1.remove(0).sheet.id;
    let doubt = BoxRead {
        row: 0,
        column: 0,
        says: Says::Struck,
        picture: None,
    };
    let reading = Reading {
        boxes: vec![doubt],
        lines: Vec::new(),
    };
    rolls::take_in(town.db(), deed, sheet, reading)
        .await
        .unwrap();
    sheet
}

struct Friday {
    day: RowId,
    other: RowId,
    nurse: Client,
    deed: Deed,
}

async fn friday(town: &Town) -> Friday {
    let deed = town.deed_of(Role::CenterStaff).await;
    let day = sitting(town, &deed, 9).await;
    for (nonce, name) in ["秋山 一郎", "井上 二郎", "上田 三郎"]
        .into_iter()
        .enumerate()
    {
        let wish = wish(day, name, nonce as i64 + 1);
        signups::sign_up(town.db(), &deed, wish).await.unwrap();
    }
    let other = sitting(town, &deed, 9).await;
    town.at(BEGUN);
    Friday {
        day,
        other,
        nurse: town.sign_in(Role::CenterStaff).await,
        deed: town.deed_of(Role::CenterStaff).await,
    }
}

impl Friday {
    /// The first page as a copier sees it.
    async fn printed(&self) -> GrayImage {
        let path = format!("/papers/rolls/{}", self.day);
        let paper = self.nurse.post(&path, &[("whom", "signed_up")]).await;
        assert_eq!(paper.header("content-type"), "application/pdf");
        let folder = tempfile::tempdir().unwrap();
        let (pdf, page) = (folder.path().join("roll.pdf"), folder.path().join("page"));
        std::fs::write(&pdf, &paper.bytes).unwrap();
        let done = std::process::Command::new("pdftoppm")
            .args(["-gray", "-r", "200", "-singlefile", "-png"])
            .args([&pdf, &page])
            .status();
        assert!(done.unwrap().success());
        image::open(page.with_extension("png")).unwrap().to_luma8()
    }

    async fn sheet(&self, town: &Town) -> Sheet {
        let mut conn = town.db().read().await.unwrap();
        let all = rolls::list_of_day(&mut conn, &self.deed, self.day).await;
        all.unwrap().pop().unwrap()
    }

    async fn here(&self, town: &Town) -> Vec<door::Attendance> {
        let mut conn = town.db().read().await.unwrap();
        door::list_here(&mut conn, &self.deed, self.day)
            .await
            .unwrap()
    }

    async fn send(&self, day: RowId, photo: &[u8]) -> Page {
        let mut body =
            b"--x\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n"
                .to_vec();
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request = Request::post(format!("/station/days/{day}/rolls"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(body));
        self.nurse.send(request.unwrap()).await
    }
}

fn line(page: &mut GrayImage, from: (f64, f64), to: (f64, f64)) {
    for step in 0..=200 {
        let along = f64::from(step) / 200.0;
        let x = (from.0 + (to.0 - from.0) * along) * DOTS;
        let y = (from.1 + (to.1 - from.1) * along) * DOTS;
        for (right, down) in (-2..3).flat_map(|right| (-2..3).map(move |down| (right, down))) {
            page.put_pixel(
                (x as i32 + right) as u32,
                (y as i32 + down) as u32,
                Luma([50]),
            );
        }
    }
}

/// A tick in the first box; one in the second, and a cross over it; nothing in the third.
fn marked_by_hand(page: &mut GrayImage, layout: &Layout) {
    for row in [0, 1] {
        let place = layout.place(row, 0);
        let at = |right: f64, down: f64| (place.x + place.w * right, place.y + place.h * down);
        line(page, at(0.2, 0.5), at(0.45, 0.8));
        line(page, at(0.45, 0.8), at(0.8, 0.2));
        if row == 1 {
            line(page, at(-0.2, -0.2), at(1.2, 1.2));
            line(page, at(1.2, -0.2), at(-0.2, 1.2));
        }
    }
}

/// Upside down, a little askew, and grey.
fn photo(page: &GrayImage) -> Vec<u8> {
    let (sin, cos) = 181.5_f64.to_radians().sin_cos();
    let (width, height) = (f64::from(page.width()), f64::from(page.height()));
    let seen = |x: u32, y: u32| {
        let (x, y) = (f64::from(x) - 1_000.0, f64::from(y) - 1_300.0);
        let (u, v) = (
            x * cos + y * sin + width / 2.0,
            y * cos - x * sin + height / 2.0,
        );
        let inside = (0.0..width - 1.0).contains(&u) && (0.0..height - 1.0).contains(&v);
        let paper = match inside {
            true => f64::from(page.get_pixel(u as u32, v as u32).0[0]),
            false => 100.0,
        };
        Luma([(paper * 0.8) as u8])
    };
    let picture = DynamicImage::ImageLuma8(GrayImage::from_fn(2_000, 2_600, seen));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

#[tokio::test]
async fn a_marked_roll_is_read_decided_and_confirmed_once() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let mut page = friday.printed().await;
        let sheet = friday.sheet(&town).await;
        marked_by_hand(&mut page, &sheet.order.layout().unwrap());
        let photo = photo(&page);
        assert_eq!(friday.send(friday.day, &photo).await.status, 303);
        assert!(friday.here(&town).await.is_empty(), "nothing counts yet");

        let path = format!("/station/rolls/{}", sheet.id);
        let read = friday.nurse.get(&path).await;
        let text = read.text();
        for words in [
            "秋山 一郎",
            "読み取れなかった印が1か所あります",
            "消したようにも見える",
        ] {
            assert!(text.contains(words), "{words} in {text}");
        }
        assert_eq!(
            read.attr("input[name=mark][checked]", "value").unwrap(),
            "0-0"
        );
        let version = read.attr("input[name=version]", "value").unwrap();
        let sure = [
            ("version", version.as_str()),
            ("mark", "0-0"),
            ("line-1", "飛び入り 花"),
        ];
        let refused = friday.nurse.post(&path, &sure).await;
        assert_eq!(refused.status, 422, "one is to be decided");
        assert!(refused.text().contains("どちらかを選んでください"));
        assert_eq!(
            refused.attr("input[name=line-1]", "value").unwrap(),
            "飛び入り 花"
        );

        let mut sent = sure.to_vec();
        sent.extend([("d-1-0", "not"), ("ends", "yes")]);
        assert_eq!(friday.nurse.post(&path, &sent).await.status, 303);
        let here = friday.here(&town).await;
        assert_eq!(here.len(), 2);
        assert!(
            here.iter()
                .all(|one| one.way == Way::Paper && one.part == Part::Participant)
        );
        assert!(
            here.iter().any(|one| one.name == "飛び入り 花")
                && here.iter().any(|one| one.signup.is_some())
        );
        let mut conn = town.db().read().await.unwrap();
        let roll = door::roll_of(&mut conn, &friday.deed, friday.day, 2)
            .await
            .unwrap();
        assert!(matches!(roll, Roll::Taken(_)));
        drop(conn);

        // Neither sent again nor read again does it count twice, and no picture is left.
        assert_eq!(friday.nurse.post(&path, &sent).await.status, 422);
        assert_eq!(friday.send(friday.day, &photo).await.status, 303);
        assert_eq!(friday.here(&town).await.len(), 2);
        let sheet = friday.sheet(&town).await;
        assert!(sheet.state == rolls::State::Taken && sheet.reading.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_sheet_of_another_day_and_a_picture_of_none_are_told() {
    on_both(async |town| {
        let friday = friday(&town).await;
        let page = friday.printed().await;
        let other = friday.send(friday.other, &photo(&page)).await;
        assert_eq!(other.status, 422);
        assert!(other.text().contains("この回の用紙ではありません"));
        let cat = friday.send(friday.day, b"a cat").await;
        assert_eq!(cat.status, 422);
        assert!(cat.text().contains("JPEGかPNGの写真を選んでください"));
    })
    .await;
}

#[tokio::test]
async fn what_nobody_confirms_is_forgotten_after_a_month() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        marked(&town, &deed).await;
        let forgotten = rolls::forget_old(town.db(), &deed).await.unwrap();
        assert_eq!(forgotten, 0);
        town.at("2026-12-30T02:00:00+09:00");
        let night = town.deed_of(Role::CenterStaff).await;
        assert_eq!(rolls::forget_old(town.db(), &night).await.unwrap(), 1);
    })
    .await;
}
