using Microsoft.Extensions.Logging;

namespace Flatfile.Agent.Jobs.Quartz;

internal sealed partial class TriggerAlarm
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Quartz could not fire {Trigger} and put it aside; it is fired again in {Pause}. What stood before this in the log says why")]
    private static partial void PutAside(ILogger logger, string trigger, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Quartz could not make job {Job} and put all its triggers aside; they are fired again in {Pause}. What stood before this in the log says why")]
    private static partial void AllPutAside(ILogger logger, string job, TimeSpan pause);

    [LoggerMessage(Level = LogLevel.Error, Message = "What Quartz has put aside could not be brought back; the next start tries again, and the reconciler hands waiting tickets over anew")]
    private static partial void NotBroughtBack(ILogger logger, Exception fault);
}
