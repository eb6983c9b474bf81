using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Usage;

/// <summary>A change that would go over a limit of its space. Nothing of it is done; that the limit is reached is announced by itself.</summary>
internal sealed class LimitRefusal(LimitKind kind, long most, long before, long would, string subject)
    : ApiRefusal(
        kind.IsSize ? 413 : 409,
        new ApiFault(
            "limits." + kind.Name,
            $"{subject} may hold {most} {kind.Thing}; it holds {before} and would hold {would}. Nothing was changed. Remove some, or raise 'limits.{kind.Name}'."))
{
    /// <summary>Which limit.</summary>
    public LimitKind Kind { get; } = kind;

    /// <summary>The limit.</summary>
    public long Most { get; } = most;

    /// <summary>What the space holds.</summary>
    public long Used { get; } = before;
}
