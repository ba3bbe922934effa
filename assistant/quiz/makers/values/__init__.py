"""Items whose key is a typed value in a provision (取值类试题): fines, time limits, authorities, penalties."""
