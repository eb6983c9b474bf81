namespace Flatfile.Agent.Handlers.Automap;

/// <summary>How two names agree; a higher value is a closer match.</summary>
internal enum NameCloseness
{
    None,

    /// <summary>Not by name: the values look like those of the field.</summary>
    Values,

    /// <summary>Some of the same words, or words that are spelled alike.</summary>
    Similar,

    /// <summary>Words with the same meaning.</summary>
    Synonym,

    /// <summary>By one of the field's alternative names.</summary>
    Alternative,

    /// <summary>The same letters and digits.</summary>
    Normalised,

    /// <summary>The same text.</summary>
    Exact,

    /// <summary>A person accepted it for another file.</summary>
    Learnt,

    /// <summary>A person says so for this file.</summary>
    Given,
}
