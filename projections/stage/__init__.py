"""The scaling stage itself: its milestones, its success, its risks.

Read in this order: ``coordinators``, ``chances``, ``synergy``, what they rest on beside other numbers; ``milestones``,
``success``, ``risks``, the rules; ``stage``, the series; ``assigned``, who answers for what; then what is said of a
day: ``asked``, ``because``, ``because_of_success``, ``because_of_risk``, ``told``; and ``opened``, what is behind it.
"""
