namespace Flatfile.Spaces.Events;

/// <summary>What a reader of a channel gets next.</summary>
/// <param name="Events">Events of the channel, oldest first.</param>
/// <param name="Scanned">Up to here the log was looked through: the place to read on from, also when nothing was found.</param>
internal readonly record struct EventWindow(IReadOnlyList<SpacesEvent> Events, long Scanned);
