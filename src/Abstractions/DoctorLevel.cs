namespace Flatfile.Agent;

/// <summary>How bad a finding is.</summary>
public enum DoctorLevel
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, but may surprise.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}
