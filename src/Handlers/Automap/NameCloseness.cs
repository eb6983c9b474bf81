namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How two names agree; a higher value is a closer match.</summary>
internal enum NameCloseness
{
    None,

    /// <summary>By one of the field's alternative names.</summary>
    Alternative,

    /// <summary>The same letters and digits.</summary>
    Normalised,

    /// <summary>The same text.</summary>
    Exact,
}
