namespace Flatfile.Agent.Core.Jobs.Recurring;

/// <summary>Why recurring work is to run.</summary>
public enum FireCause
{
    /// <summary>A slot of its cron expression has come.</summary>
    Due,

    /// <summary>A person asked.</summary>
    Asked,
}
