namespace Flatfile.Agent.Handlers.Spreadsheets.Xlsx;

/// <summary>What an <see cref="XmlScanner"/> has read.</summary>
internal enum XmlTag
{
    Start,

    /// <summary>An element without content.</summary>
    Empty,

    End,

    /// <summary>A CDATA section: its characters stand for themselves.</summary>
    Characters,

    /// <summary>A comment or an instruction.</summary>
    Other,
}
