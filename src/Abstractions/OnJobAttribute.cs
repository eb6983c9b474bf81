namespace Flatfile.Agent;

/// <summary>Binds an <see cref="IJobHandler"/> to the <c>job:ready</c> events of one job, such as <c>space:configure</c>. May stand several times.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class OnJobAttribute(string job) : Attribute
{
    /// <summary><c>type:operation</c>; a glob with <c>:</c> as separator.</summary>
    public string Job { get; } = job;

    /// <summary>A further filter in its JSON form, all of which must match too.</summary>
    public string? Filter { get; init; }

    /// <summary>True to step aside when another job handler matches the same event. The handlers we ship do.</summary>
    public bool Fallback { get; init; }
}
