using System.Globalization;
using Flatfile.Api;

namespace Flatfile.Agent.Core.Upkeep.Cleanup;

/// <summary>Says of a space whether it goes. What is not known for certain stays.</summary>
internal static class SpaceChoice
{
    /// <summary>Null when the space goes; an empty text when it is of no interest; else why one that could be meant stays.</summary>
    /// <param name="space">As the server answers it.</param>
    /// <param name="serverTime">The server's own clock.</param>
    /// <param name="options">The rules.</param>
    public static string? WhyNot(Space space, DateTimeOffset serverTime, CleanupOptions options)
    {
        var isMarked = options.CompletedLabel is { Length: > 0 } label && Has(space, label);
        if (space.Status is not null ? space.Status != SpaceStatus.Completed : !isMarked)
        {
            return "";
        }

        if (Has(space, options.HoldLabel))
        {
            return $"It has the label '{options.HoldLabel}'.";
        }

        if (TouchedAt(space, isMarked) is not { } touched)
        {
            return "When it was completed or changed last is not known.";
        }

        return serverTime - touched >= options.UntouchedFor
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"It was touched at {touched:yyyy-MM-dd HH:mm}Z, less than {options.UntouchedFor.TotalDays:0.##} days ago.");
    }

    /// <summary>The latest of all its times; null when one that must be there is missing.</summary>
    public static DateTimeOffset? TouchedAt(Space space, bool isMarked)
    {
        if (space.UpdatedAt == default || space.CreatedAt == default || (space.CompletedAt is null && !isMarked))
        {
            return null;
        }

        return new[] { space.CreatedAt, space.UpdatedAt, space.CompletedAt ?? default, space.LastActivityAt ?? default }.Max().ToUniversalTime();
    }

    private static bool Has(Space space, string label) =>
        label.Length > 0 && space.Labels?.Contains(label, StringComparer.OrdinalIgnoreCase) == true;
}
