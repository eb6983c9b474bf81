namespace Flatfile.Agent;

/// <summary>For whom what follows a job happens by itself.</summary>
public enum OutcomeAudience
{
    /// <summary>Who started the job.</summary>
    Originator,

    /// <summary>Everybody in the space.</summary>
    All,
}
