using Flatfile.Agent.Core.Dispatch.Replaying;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>What the replay of one letter does, as it travels.</summary>
internal sealed record ForecastView(
    long Id, string Way, string? Handler, bool? Loaded, string? VersionThen, string? VersionNow, bool? Matches, string? WhyNot)
{
    public static ForecastView Of(ReplayForecast forecast) => new(
        forecast.Id,
        forecast.Way switch { ReplayWay.UntoldEnd => "untold end", ReplayWay.AllHandlers => "all handlers", _ => "handler" },
        forecast.HandlerId, forecast.IsLoaded, forecast.VersionThen, forecast.VersionNow, forecast.Matches, forecast.WhyNot);
}
