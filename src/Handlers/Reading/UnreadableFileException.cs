namespace Flatfile.Agent.Handlers.Reading;

/// <summary>The file, or the rest of it, cannot be read. The message says what is wrong, where, and what to do.</summary>
public sealed class UnreadableFileException : Exception
{
    /// <summary>A fault of the file.</summary>
    /// <param name="message">What is wrong, where, and what to do: shown to the person who uploaded the file.</param>
    /// <param name="inner">What a library said, if one did.</param>
    public UnreadableFileException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
