process.stderr.write("doorbell: not built yet\n");
