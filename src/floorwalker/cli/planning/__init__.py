"""From the files a user names to forecast, requirement and roster: the steps that commands share."""
