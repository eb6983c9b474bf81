using Flatfile.Agent.Host.Commands;
using Microsoft.Extensions.Logging.Console;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The log goes to standard error, so that standard output holds what was asked for and nothing else.</summary>
internal static class LoggingWiring
{
    private const string StartReport = "Flatfile.Agent.Core.Startup.StartReport";

    public static void AddQuietLog(this ILoggingBuilder logging, HostSettings settings)
    {
        logging.AddConfiguration(settings.Configuration.GetSection("Logging"));
        logging.SetMinimumLevel(LogLevel.Warning);
        // Its warning is that keys lie unencrypted: they lie in the data folder, beside the key they only stand for.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Its warning is that it forbids caching of pages that forbid it already.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        if (settings.Verbose)
        {
            logging.AddFilter(null, LogLevel.Warning);
            logging.AddFilter("Flatfile", LogLevel.Information);
        }
        else if (settings.ShowsStart)
        {
            logging.AddFilter(StartReport, LogLevel.None);
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = Console.IsErrorRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
