pub mod attend; pub mod days; pub mod fate; pub mod life; pub mod people; pub mod programme; pub mod town;
use std::io::Write;
#[derive(clap::Args)]
pub struct Options { #[arg(long, default_value_t=5000)] people: usize, #[arg(long, default_value_t=1)] seed: u64 }
pub fn run(o: &Options, out: &mut impl Write) -> anyhow::Result<()> {
    let (first,last)=town::span();
    let t=std::time::Instant::now();
    let town=town::Town::make(&town::Size{people:o.people,first,last,seed:o.seed});
    writeln!(out,"{} in {:?}",town.summary(),t.elapsed())?;
    Ok(())
}
