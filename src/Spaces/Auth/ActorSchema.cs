namespace Flatfile.Spaces.Auth;

/// <summary>The tables of users, guests, their roles and what they sign in with.</summary>
internal static class ActorSchema
{
    /// <summary>Emails are stored in lower case. A generation that grows makes every token void that names the one before.</summary>
    public const string Tables =
        """
        ALTER TABLE keys ADD COLUMN publishable INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE users(
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, email TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL DEFAULT 1,
            password TEXT, body TEXT NOT NULL);
        CREATE TABLE guests(
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, environment TEXT NOT NULL, email TEXT NOT NULL,
            generation INTEGER NOT NULL DEFAULT 1, expires_at TEXT, body TEXT NOT NULL);
        CREATE INDEX guests_email ON guests(environment, email);
        CREATE INDEX guests_expiry ON guests(expires_at) WHERE expires_at IS NOT NULL;
        CREATE TABLE guest_spaces(guest TEXT NOT NULL, space INTEGER NOT NULL, accessed_at TEXT, PRIMARY KEY (guest, space)) WITHOUT ROWID;
        CREATE INDEX guest_spaces_space ON guest_spaces(space);
        CREATE TABLE members(space INTEGER NOT NULL, email TEXT NOT NULL, PRIMARY KEY (space, email)) WITHOUT ROWID;
        CREATE INDEX members_email ON members(email);
        ALTER TABLE spaces ADD COLUMN members TEXT;
        CREATE TABLE roles(id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE actor_roles(
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL, actor TEXT NOT NULL, resource TEXT NOT NULL,
            body TEXT NOT NULL, UNIQUE (actor, role, resource));
        CREATE TABLE tokens(
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, owner TEXT NOT NULL,
            body TEXT NOT NULL);
        CREATE INDEX tokens_owner ON tokens(kind, owner);
        CREATE TABLE invitations(id TEXT PRIMARY KEY, subject TEXT NOT NULL, space INTEGER NOT NULL, used_at TEXT) WITHOUT ROWID;
        CREATE INDEX invitations_subject ON invitations(subject);
        """;
}
