namespace Flatfile.Agent;

/// <summary>When what follows a job happens.</summary>
public enum OutcomeTrigger
{
    /// <summary>When the person clicks.</summary>
    Manual,

    /// <summary>By itself, with the dialog shown.</summary>
    Automatic,

    /// <summary>By itself, without a dialog.</summary>
    AutomaticSilent,
}
