namespace Contracts.Support;

/// <summary>Says on a contract's subclass what it needs of the machine; without it the contract's tests are skipped with that sentence.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class NeedsAttribute : Attribute
{
    /// <summary>Null when it is there, else a sentence saying what is missing.</summary>
    public abstract string? Missing { get; }
}
