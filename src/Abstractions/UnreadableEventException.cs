namespace Flatfile.Agent;

/// <summary>The bytes of a delivery are not an event. Repeating does not help: such a delivery goes to the dead letters at once.</summary>
public sealed class UnreadableEventException : Exception
{
    /// <summary>Says what is wrong with the bytes.</summary>
    public UnreadableEventException(string message, Exception? inner = null) : base(message, inner)
    {
    }
}
