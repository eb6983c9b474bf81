namespace Kill;

/// <summary>The engine under test, with the store it needs.</summary>
internal enum KillEngine
{
    /// <summary>Quartz and the agent's store in SQLite: one agent.</summary>
    QuartzSqlite,

    /// <summary>Quartz and the agent's store in PostgreSQL: two agents.</summary>
    QuartzPostgres,

    /// <summary>Hangfire and the agent's store in PostgreSQL: two agents.</summary>
    Hangfire,
}
