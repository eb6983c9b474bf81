using System.Globalization;
using System.Reflection;
using Flatfile.Agent.Core.Dispatch.Rules;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Reads the attributes that say how a handler class is run.</summary>
internal static class DispatchReader
{
    /// <exception cref="PluginRefusedException">An attribute cannot be used; the message names the class.</exception>
    public static DispatchRule Read(Type type)
    {
        var lane = type.GetCustomAttribute<LaneAttribute>(inherit: true);
        var attempt = type.GetCustomAttribute<AttemptAttribute>(inherit: true);
        var limits = type.GetCustomAttributes<LimitAttribute>(inherit: true).ToList();
        if (lane is null && attempt is null && limits.Count == 0)
        {
            return DispatchRule.Default;
        }

        foreach (var twice in limits.GroupBy(l => l.Per, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            throw new PluginRefusedException(
                $"{type.FullName} has [Limit] {twice.Count()} times {(twice.Key is null ? "without a key" : $"per {twice.Key}")}. Leave one of them.");
        }

        try
        {
            return DispatchRule.Read(new HandlerRules
            {
                Lane = lane?.Key,
                Limit = limits.FirstOrDefault(l => l.Per is null)?.AtOnce,
                LimitPer = limits.Where(l => l.Per is not null).ToDictionary(l => l.Per!, l => l.AtOnce, StringComparer.OrdinalIgnoreCase),
                AttemptTimeout = attempt?.Timeout is { } timeout ? Time("Timeout", timeout) : null,
                MaxAttempts = attempt is null or { MaxAttempts: 0 } ? null : attempt.MaxAttempts,
                MaxSilence = attempt?.MaxSilence is { } silence ? Time("MaxSilence", silence) : null,
            });
        }
        catch (FormatException fault)
        {
            throw new PluginRefusedException($"{type.FullName}: {fault.Message}", fault);
        }
    }

    private static TimeSpan Time(string name, string written) =>
        TimeSpan.TryParse(written, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw new FormatException($"[Attempt({name} = \"{written}\")] is no time. Write hours, minutes and seconds, such as 00:00:30.");
}
