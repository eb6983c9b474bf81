using Microsoft.Extensions.Logging.Console;

namespace Flatfile.Agent.Host.Wiring;

/// <summary>The log goes to standard error, so that standard output holds what was asked for and nothing else.</summary>
internal static class LoggingWiring
{
    public static void AddQuietLog(this ILoggingBuilder logging, IConfiguration configuration, bool verbose)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.SetMinimumLevel(LogLevel.Warning);
        if (verbose)
        {
            logging.AddFilter(null, LogLevel.Warning);
            logging.AddFilter("Flatfile", LogLevel.Information);
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
