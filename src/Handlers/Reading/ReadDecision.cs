namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Something a reader found out by itself and a person may overrule.</summary>
/// <param name="Property">What was decided; one of the names of <see cref="ReadOptions"/>' members, in camel case, such as <c>encoding</c>, or another such as <c>footer</c>.</param>
/// <param name="Value">What it was decided to be, such as <c>Windows-1252</c>.</param>
/// <param name="Confidence">0 to 1; 1 when the file or the options say so.</param>
/// <param name="Evidence">What it was concluded from, as a sentence a person understands.</param>
public sealed record ReadDecision(string Property, string Value, double Confidence, string Evidence)
{
    /// <summary>Worth a sentence in what the person is told, such as a missing header, sheets left out, or a guess that is not sure.</summary>
    public bool IsNotable { get; init; }
}
