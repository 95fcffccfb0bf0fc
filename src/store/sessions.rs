//! Sessions of people who signed in, kept by the hash of their token; and guesses that were wrong.

use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use super::{
    Result, Store, Transaction,
    entity::{person, session, wrong_guess},
    people::PersonRow,
};

/// A session as it is kept. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// What is kept of its token.
    pub token_hash: String,
    /// Whose it is.
    pub person_id: Uuid,
    /// The till's device at which they signed in with a PIN.
    pub device_id: Option<Uuid>,
    /// What every form of this session carries.
    pub csrf: String,
    /// The password was right and the one-time code is still owed.
    pub waits_for_code: bool,
    /// What browser it is in, shortened.
    pub agent: String,
    /// When they signed in.
    pub created_at: i64,
    /// When it was last used, to some minutes.
    pub seen_at: i64,
    /// Until when it is good.
    pub ends_at: i64,
}

/// How often something was guessed wrong, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guesses {
    /// In a row.
    pub count: u32,
    /// Unix milliseconds.
    pub last_at: i64,
}

impl Store {
    /// A session by its token's hash, with whose it is; whoever was removed has none.
    pub async fn session(&self, token_hash: &str) -> Result<Option<(SessionRow, PersonRow)>> {
        let Some(session) = session::Entity::find_by_id(token_hash).one(&self.reader).await? else {
            return Ok(None);
        };
        let person = self.person(session.person_id).await?.filter(|row| row.removed_at.is_none());
        Ok(person.map(|person| (read_session(session), person)))
    }

    /// Somebody's sessions, the last used first.
    pub async fn sessions_of(&self, person_id: Uuid) -> Result<Vec<SessionRow>> {
        let found = session::Entity::find()
            .filter(session::Column::PersonId.eq(person_id))
            .order_by_desc(session::Column::SeenAt)
            .all(&self.reader)
            .await?;
        Ok(found.into_iter().map(read_session).collect())
    }
}

impl Transaction {
    /// A session as it is kept now.
    pub async fn session(&self, token_hash: &str) -> Result<Option<SessionRow>> {
        let found = session::Entity::find_by_id(token_hash).lock_exclusive().one(&self.0).await?;
        Ok(found.map(read_session))
    }

    /// Counts a guess before it is looked at, and holds its row, so that many at once are counted one by one; answers how
    /// many there are with it, and when the last one before it was. `now` is in Unix milliseconds.
    pub async fn count_guess(&self, subject: &str, now: i64) -> Result<Guesses> {
        let row = wrong_guess::Model { subject: subject.to_owned(), count: 1, last_at: now };
        let one_more = Expr::col((wrong_guess::Entity, wrong_guess::Column::Count)).add(1);
        let over =
            OnConflict::column(wrong_guess::Column::Subject).value(wrong_guess::Column::Count, one_more).to_owned();
        wrong_guess::Entity::insert(row.into_active_model()).on_conflict(over).exec_without_returning(&self.0).await?;
        self.wrong_guesses(subject).await
    }

    /// So many guesses were right after all: they count no more.
    pub async fn give_back_guesses(&self, subject: &str, many: u32) -> Result<()> {
        let many = i32::try_from(many).unwrap_or(i32::MAX);
        let count = || Expr::col(wrong_guess::Column::Count);
        let left = Expr::case(count().gt(many), count().sub(many));
        wrong_guess::Entity::update_many()
            .col_expr(wrong_guess::Column::Count, left.finally(0).into())
            .filter(wrong_guess::Column::Subject.eq(subject))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// How often something was guessed wrong, as it is kept now.
    pub async fn wrong_guesses(&self, subject: &str) -> Result<Guesses> {
        let found = wrong_guess::Entity::find_by_id(subject).one(&self.0).await?;
        Ok(found.map(read_guesses).unwrap_or_default())
    }

    /// Keeps how often something was guessed wrong.
    pub async fn keep_guesses(&self, subject: &str, guesses: Guesses) -> Result<()> {
        let row = wrong_guess::Model {
            subject: subject.to_owned(),
            count: i32::try_from(guesses.count).unwrap_or(i32::MAX),
            last_at: guesses.last_at,
        };
        let over = OnConflict::column(wrong_guess::Column::Subject)
            .update_columns([wrong_guess::Column::Count, wrong_guess::Column::LastAt])
            .to_owned();
        wrong_guess::Entity::insert(row.into_active_model()).on_conflict(over).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Nothing was guessed wrong any more.
    pub async fn forget_guesses(&self, subject: &str) -> Result<()> {
        wrong_guess::Entity::delete_by_id(subject).exec(&self.0).await?;
        Ok(())
    }

    /// Keeps a new session.
    pub async fn insert_session(&self, new: &SessionRow) -> Result<()> {
        session::Entity::insert(session_row(new).into_active_model()).exec_without_returning(&self.0).await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn delete_session(&self, token_hash: &str) -> Result<()> {
        session::Entity::delete_by_id(token_hash).exec(&self.0).await?;
        Ok(())
    }

    /// Ends all of somebody's sessions but one.
    pub async fn delete_sessions_of(&self, person_id: Uuid, but: Option<&str>) -> Result<()> {
        let mut delete = session::Entity::delete_many().filter(session::Column::PersonId.eq(person_id));
        if let Some(but) = but {
            delete = delete.filter(session::Column::TokenHash.ne(but));
        }
        delete.exec(&self.0).await?;
        Ok(())
    }

    /// Ends somebody's sessions at tills but one.
    pub async fn delete_pin_sessions_of(&self, person_id: Uuid, but: Option<&str>) -> Result<()> {
        let mut delete = session::Entity::delete_many()
            .filter(session::Column::PersonId.eq(person_id))
            .filter(session::Column::DeviceId.is_not_null());
        if let Some(but) = but {
            delete = delete.filter(session::Column::TokenHash.ne(but));
        }
        delete.exec(&self.0).await?;
        Ok(())
    }

    /// Ends the sessions at a till's device.
    pub async fn delete_sessions_at(&self, device_id: Uuid) -> Result<()> {
        session::Entity::delete_many().filter(session::Column::DeviceId.eq(device_id)).exec(&self.0).await?;
        Ok(())
    }

    /// Notes that somebody was here.
    pub async fn note_person_seen(&self, person_id: Uuid, seen_at: i64) -> Result<()> {
        person::Entity::update_many()
            .col_expr(person::Column::SeenAt, Expr::value(seen_at))
            .filter(person::Column::Id.eq(person_id))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// Notes that a session was used, and that it is good for so long.
    pub async fn note_session(&self, session: &SessionRow, seen_at: i64, ends_at: i64) -> Result<()> {
        self.note_person_seen(session.person_id, seen_at).await?;
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(seen_at))
            .col_expr(session::Column::EndsAt, Expr::value(ends_at))
            .filter(session::Column::TokenHash.eq(&*session.token_hash))
            .exec(&self.0)
            .await?;
        Ok(())
    }

    /// Forgets sessions that are over, and wrong guesses of long ago.
    pub async fn forget_old_sessions(&self, now: i64, guesses_before: i64) -> Result<()> {
        session::Entity::delete_many().filter(session::Column::EndsAt.lt(now)).exec(&self.0).await?;
        wrong_guess::Entity::delete_many().filter(wrong_guess::Column::LastAt.lt(guesses_before)).exec(&self.0).await?;
        Ok(())
    }
}

fn read_guesses(row: wrong_guess::Model) -> Guesses {
    Guesses { count: u32::try_from(row.count).unwrap_or(0), last_at: row.last_at }
}

fn read_session(row: session::Model) -> SessionRow {
    let session::Model { token_hash, person_id, device_id, csrf, waits_for_code, agent, created_at, seen_at, ends_at } =
        row;
    SessionRow { token_hash, person_id, device_id, csrf, waits_for_code, agent, created_at, seen_at, ends_at }
}

fn session_row(row: &SessionRow) -> session::Model {
    let SessionRow { token_hash, person_id, device_id, csrf, waits_for_code, agent, created_at, seen_at, ends_at } =
        row.clone();
    session::Model { token_hash, person_id, device_id, csrf, waits_for_code, agent, created_at, seen_at, ends_at }
}
