namespace Flatfile.Agent.Host.Reading;

/// <summary>How a file that was read is shown.</summary>
internal enum ReadForm
{
    Screen,
    Json,
    Csv,
}
