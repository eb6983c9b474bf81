namespace Flatfile.Agent.Host.Dashboard.Markup;

/// <summary>Markup that is safe to send. It is only made from text written in this program, with every value put into it encoded.</summary>
/// <remarks>Attributes are always written between double quotes; values never go into scripts, styles, or the names of tags and attributes.</remarks>
internal sealed class Html
{
    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html None { get; } = new(string.Empty);

    /// <summary>The text as written, with the values between braces encoded.</summary>
    public static Html Of(HtmlWriter markup) => new(markup.Written());

    /// <summary>One after the other.</summary>
    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p._markup)));

    /// <summary>A part for each item, one after the other.</summary>
    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> part) => Join(items.Select(part));

    public override string ToString() => _markup;
}
