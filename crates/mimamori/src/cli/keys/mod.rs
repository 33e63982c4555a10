//! `mimamori keys …`: the master key, and the towns' keys under it.

mod new;
mod rotate;

use clap::Subcommand;

use super::failure::Failure;
use super::ground::Ground;

/// マスター鍵を作ったり、町の鍵を新しくしたりします
#[derive(Subcommand)]
pub(super) enum Keys {
    New(new::New),
    Rotate(rotate::Rotate),
}

impl Keys {
    pub async fn run(self, ground: Ground) -> Result<(), Failure> {
        match self {
            Keys::New(verb) => verb.run(),
            Keys::Rotate(verb) => verb.run(ground).await,
        }
    }
}
