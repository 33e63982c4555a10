//! The areas of a center, one a line.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::centers::find;
use super::{Side, page};
use crate::front::look::{
    Field, Kind, Link, Problems, buttons, field, form, problem_summary, text_link,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::CenterId;
use crate::networks::acts::{self, Refusal};
use crate::networks::rules::{Area, AreaFault, Center};
use crate::networks::store;

/// Whom the lines reach; a room above has the page.
const REACH: &str = "/town/areas";

/// The form as typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct AreasForm {
    lines: String,
}

/// The areas as lines.
pub async fn show(asked: Asked, Path(center): Path<CenterId>) -> Result<Markup, Problem> {
    let center = find(&asked, center).await?;
    let areas = store::list_areas(&mut asked.read().await?, &asked.deed.scope, center.id).await?;
    let lines: Vec<String> = areas.iter().map(Area::line).collect();
    areas_page(&asked, &center, &lines.join("\n"), &Problems::default())
}

fn areas_page(
    asked: &Asked,
    center: &Center,
    lines: &str,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let base = format!("/town/centers/{}", center.id);
    let body = html! {
        p { "住所の町丁目、町、郵便番号の順に見て、担当のセンターが決まります。登録者ごとに手で決めることもできます。" }
        p { (text_link(Link::new("1行ごとに何人の方に当てはまるか", REACH))) }
        (problem_summary(problems))
        (form(&format!("{base}/areas"), html! {
            (field(&Field { name: "lines", label: "担当区域", value: lines, kind: Kind::Textarea,
                hint: "1行に1つ。「入船1丁目」「入船」「143-0016」のように書きます。表からまとめて貼り付けられます。「入船町」と「入船」のような書き方のちがいは、ほかのセンターと紛れないときは同じとみなします。",
                problem: problems.of("lines"), ..Field::default() }))
            (buttons("保存する", Some(Link::new("センターへもどる", &base))))
        }))
    };
    page(
        asked,
        Side::Centers,
        &format!("{}の担当区域", center.name),
        body,
    )
}

/// Keeps exactly these areas.
pub async fn save(
    asked: Asked,
    Path(center): Path<CenterId>,
    Form(typed): Form<AreasForm>,
) -> Result<Response, Problem> {
    let center = find(&asked, center).await?;
    let (areas, mut problems) = parse(center.id, &typed.lines);
    if !problems.is_empty() {
        return Err(Problem::Refused(areas_page(
            &asked,
            &center,
            &typed.lines,
            &problems,
        )?));
    }
    match acts::draw_areas(asked.db(), &asked.deed, center.id, areas).await {
        Ok(()) => Ok(asked.redirect(
            REACH,
            Flash::done(
                "担当区域を保存しました。1行ごとに、何人の方に当てはまるかを確かめてください。",
            ),
        )),
        Err(Refusal::AreasTaken(taken)) => {
            let lines: Vec<String> = taken
                .iter()
                .map(|area| format!("「{}」", area.line()))
                .collect();
            let words = format!(
                "{}は、ほかのセンターの区域です。先にそちらから外してください。",
                lines.concat()
            );
            problems.add("lines", words);
            Err(Problem::Refused(areas_page(
                &asked,
                &center,
                &typed.lines,
                &problems,
            )?))
        }
        Err(other) => Err(other.into()),
    }
}

/// Reads every line; says of each wrong one its number and how to mend it. Doubles count once.
fn parse(center: CenterId, lines: &str) -> (Vec<Area>, Problems) {
    let (mut areas, mut problems) = (Vec::<Area>::new(), Problems::default());
    for (number, line) in (1..)
        .zip(lines.lines())
        .filter(|(_, line)| !line.trim().is_empty())
    {
        match Area::read(line.trim(), center) {
            Ok(area) if areas.contains(&area) => {}
            Ok(area) => areas.push(area),
            Err(AreaFault::Postcode) => {
                problems.add(
                    "lines",
                    format!("{number}行目：郵便番号は7けたの数字で書いてください。"),
                );
            }
            Err(AreaFault::Block) => {
                problems.add("lines", format!("{number}行目：町の名前が読み取れません。「入船1丁目」のように書いてください。"));
            }
        }
    }
    (areas, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_line_is_told_and_doubles_count_once() {
        let (areas, problems) = parse(CenterId(1), "入船1丁目\n\n入船一丁目\n143-001\n");
        assert_eq!(areas.len(), 1);
        let told = problems.of("lines").map(|problem| problem.text.to_owned());
        assert!(told.is_some_and(|text| text.starts_with("4行目")));
    }
}
