//! Pages of the tags room.
