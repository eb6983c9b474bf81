namespace Flatfile.Agent.Core.Recording;

/// <summary>The recording of a scope's run, if there is one. The scope's client writes into it.</summary>
internal sealed class RecordingSlot
{
    public RunRecording? Recording { get; set; }
}
