namespace Flatfile.Agent.Handlers.Html;

/// <summary>What a piece of HTML is.</summary>
internal enum HtmlToken
{
    /// <summary>Text between tags.</summary>
    Text,

    /// <summary>A tag that opens an element.</summary>
    StartTag,

    /// <summary>A tag that closes an element.</summary>
    EndTag,
}
