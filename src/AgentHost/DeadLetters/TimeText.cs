using System.Globalization;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>A time as people write it: a moment, or how long ago.</summary>
internal static class TimeText
{
    /// <summary>Null when it is neither.</summary>
    public static DateTimeOffset? Read(string text, TimeProvider time)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            var ago = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => count < 36_500 ? TimeSpan.FromDays(count) : default(TimeSpan?),
                _ => default(TimeSpan?),
            };
            return ago is { } span ? time.GetUtcNow() - span : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
    }
}
