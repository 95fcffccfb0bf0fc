//! Keywords and shops side by side, each at a place of its own, with what a find has to know of it: who knows the place
//! looks nothing up.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    keyword::Place,
    shop::{Keyword, Season, Shop},
};

/// Values by their ids and by their places. A value keeps its place for as long as it is there.
#[derive(Debug)]
pub(super) struct Places<T> {
    by_id: HashMap<Uuid, Place>,
    values: Vec<Option<T>>,
    free: Vec<Place>,
}

/// A keyword, and where its shop is kept.
#[derive(Debug)]
pub(super) struct Kept {
    keyword: Box<Keyword>,
    season: Season,
    shop: Place,
}

/// A shop; `None` as long as only its keywords are known.
pub(super) type KeptShop = Option<Arc<Shop>>;

impl Kept {
    pub(super) fn new(keyword: Keyword, shop: Place) -> Self {
        Self { season: keyword.season(), keyword: Box::new(keyword), shop }
    }

    pub(super) fn keyword(&self) -> &Keyword {
        &self.keyword
    }

    pub(super) fn into_keyword(self) -> Keyword {
        *self.keyword
    }

    pub(super) fn shop(&self) -> Place {
        self.shop
    }

    pub(super) fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.season.includes(now)
    }
}

/// The last numbers of four bytes have meanings of their own in the index.
const PLACES_MAX: u32 = u32::MAX - 8;

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self { by_id: HashMap::new(), values: Vec::new(), free: Vec::new() }
    }
}

impl<T> Places<T> {
    pub(super) fn place_of(&self, id: Uuid) -> Option<Place> {
        self.by_id.get(&id).copied()
    }

    pub(super) fn at(&self, place: Place) -> Option<&T> {
        self.values.get(place.0 as usize)?.as_ref()
    }

    pub(super) fn get(&self, id: Uuid) -> Option<&T> {
        self.at(self.place_of(id)?)
    }

    /// All values, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &T> {
        self.values.iter().flatten()
    }

    /// Puts a value where it was before or where there is room. Says where; nowhere if there are four billion.
    pub(super) fn put(&mut self, id: Uuid, value: T) -> Option<Place> {
        let place = match self.place_of(id) {
            Some(place) => place,
            None => self.take_place(id)?,
        };
        *self.values.get_mut(place.0 as usize)? = Some(value);
        Some(place)
    }

    pub(super) fn remove(&mut self, id: Uuid) -> Option<(Place, T)> {
        let place = self.by_id.remove(&id)?;
        self.free.push(place);
        Some((place, self.values.get_mut(place.0 as usize)?.take()?))
    }

    fn take_place(&mut self, id: Uuid) -> Option<Place> {
        let place = match self.free.pop() {
            Some(place) => place,
            None => {
                let place = Place(u32::try_from(self.values.len()).ok().filter(|place| *place < PLACES_MAX)?);
                self.values.push(None);
                place
            }
        };
        self.by_id.insert(id, place);
        Some(place)
    }
}
