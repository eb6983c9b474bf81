namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>A folder changed while it was copied aside: it is looked at again when it is still.</summary>
internal sealed class FolderMovingException(string folder, Exception? inner = null)
    : Exception($"The content of {folder} changed while it was read; somebody is still copying. It is looked at again when it is still.", inner);
