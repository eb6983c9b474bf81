namespace Flatfile.Agent.Core.Binding;

/// <summary>A glob over topics: <c>:</c> separates, <c>*</c> and <c>?</c> stay inside a segment, <c>**</c> spans segments.</summary>
public sealed class TopicGlob
{
    private const char Separator = ':';
    private readonly Glob _glob;

    private TopicGlob(string written, Glob glob)
    {
        Written = written;
        _glob = glob;
    }

    /// <summary>As written by the author; empty stands for every topic.</summary>
    public string Written { get; }

    /// <summary>The glob in force.</summary>
    public string Pattern => _glob.Pattern;

    /// <summary>The one topic this glob stands for, or null when it has wildcards or oddities.</summary>
    public string? Literal => _glob.IsLiteral ? _glob.Pattern : null;

    /// <summary>Compiles a topic glob.</summary>
    /// <exception cref="FormatException">It is longer than 200 characters.</exception>
    public static TopicGlob Parse(string text)
    {
        if (text.Length > Glob.Longest)
        {
            throw new FormatException($"The topic glob '{text[..40]}…' has {text.Length} characters; at most {Glob.Longest} are allowed.");
        }

        return new TopicGlob(text, Glob.Compile(text.Length == 0 ? "**" : text, Separator));
    }

    /// <summary>Whether a topic matches; an empty topic never does.</summary>
    public bool Matches(string? topic) => !string.IsNullOrEmpty(topic) && _glob.Matches(topic);

    /// <summary>The form of a topic under which <see cref="Literal"/> is looked up.</summary>
    public static string Tidy(string topic) => Glob.Tidy(topic, Separator);

    /// <inheritdoc />
    public override string ToString() => Written.Length == 0 ? "'' (every topic)" : Written;
}
